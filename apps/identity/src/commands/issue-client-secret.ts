import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Database, Missing, row, sha256, sql } from '@shuzheng/platform';
import { Tokens } from '../tokens.js';

export interface SecretIssued {
  readonly clientId: string;
  /** Which of the client's secrets it is: the secret itself is worked out from this, and stored nowhere. */
  readonly number: number;
}

/** Give a client a new secret; the one before is worth nothing from here on. */
export class IssueClientSecret extends Command<SecretIssued> {
  constructor(readonly clientId: string) {
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

  execute({ clientId }: IssueClientSecret) {
    return this.db.transaction(async (tx) => {
      const client = await row<{ number: number }>(
        tx,
        `update client set secret_number = secret_number + 1 where id = $1 and withdrawn_at is null
         returning secret_number as number`,
        [clientId],
      );
      if (!client) throw new Missing();

      const { number } = client;
      const digest = sha256(this.tokens.clientSecret(clientId, number));
      await sql(tx, 'update client set secret_digest = $2 where id = $1', [clientId, digest]);
      await this.audit.note({ subject: `client:${clientId}`, detail: { number } });
      return { clientId, number };
    });
  }
}
