import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int } from '@shuzheng/contracts';
import { Audit, Database, Missing, Refused, row, sha256, sql } from '@shuzheng/platform';
import { Tokens } from '../tokens.js';

export interface SecretIssued {
  readonly clientId: string;
  /** Which of the client's secrets it is: the secret itself is worked out from this, and stored nowhere. */
  readonly number: number;
}

export class SecretAsked {
  @Int(0, 90, { optional: true, description: '此前的密钥还可用几天；缺省为 0，立即失效' })
  readonly overlapDays?: number;
}

/** Give a client a new secret; the one before goes on for a few days, where that is asked for, and older ones end. */
export class IssueClientSecret extends Command<SecretIssued> {
  constructor(
    readonly clientId: string,
    readonly overlapDays: number,
  ) {
    super();
  }
}

@CommandHandler(IssueClientSecret)
export class IssueClientSecretHandler implements ICommandHandler<IssueClientSecret> {
  constructor(
    private readonly db: Database,
    private readonly tokens: Tokens,
    private readonly audit: Audit,
  ) {}

  execute({ clientId, overlapDays }: IssueClientSecret) {
    return this.db.transaction(async (tx) => {
      const client = await row<{ number: number; organisationId: string }>(
        tx,
        `update client set secret_number = secret_number + 1 where id = $1 and withdrawn_at is null
         returning secret_number as number, organisation_id as "organisationId"`,
        [clientId],
      );
      if (!client) throw new Missing();

      const { number, organisationId } = client;
      await sql(
        tx,
        `update client_secret set ends_at = least(ends_at,
           clock_timestamp() + case when number = $2 - 1 then make_interval(days => $3) else interval '0' end)
         where client_id = $1 and coalesce(ends_at, 'infinity') > clock_timestamp()`,
        [clientId, number, overlapDays],
      );
      const digest = sha256(this.tokens.clientSecret(clientId, number));
      await sql(tx, 'insert into client_secret (client_id, organisation_id, number, digest) values ($1, $2, $3, $4)', [
        clientId,
        organisationId,
        number,
        digest,
      ]);
      await this.audit.note({ subject: `client:${clientId}`, detail: { number, overlapDays } });
      return { clientId, number };
    });
  }
}

/** End one of a client's secrets now, before its time. */
export class EndClientSecret extends Command<SecretIssued> {
  constructor(
    readonly clientId: string,
    readonly number: number,
  ) {
    super();
  }
}

@CommandHandler(EndClientSecret)
export class EndClientSecretHandler implements ICommandHandler<EndClientSecret> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ clientId, number }: EndClientSecret) {
    return this.db.transaction(async (tx) => {
      const secret = await row<{ live: boolean }>(
        tx,
        `select coalesce(ends_at, 'infinity') > clock_timestamp() as live from client_secret
         where client_id = $1 and number = $2 for update`,
        [clientId, number],
      );
      if (!secret) throw new Missing();
      if (!secret.live) throw new Refused(['secret-ended']);
      await sql(tx, 'update client_secret set ends_at = clock_timestamp() where client_id = $1 and number = $2', [
        clientId,
        number,
      ]);
      await this.audit.note({ subject: `client:${clientId}`, detail: { number } });
      return { clientId, number };
    });
  }
}
