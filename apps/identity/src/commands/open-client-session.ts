import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, rows, sha256, sql } from '@shuzheng/platform';
import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { ClientSignedIn } from '../data/signed-in.js';
import { claimsIn } from '../data/standing.js';
import { Tokens } from '../tokens.js';

/** Exchange a client's secret for an access token; null where it is not the client's. */
export class OpenClientSession extends Command<ClientSignedIn | null> {
  @Uuid() readonly clientId!: string;
  @Text(1, 200) readonly secret!: string;
}

interface Credentials extends Record<string, unknown> {
  readonly number: number;
  readonly digest: string;
  readonly permissions: string[];
  readonly organisationId: string;
  readonly role: string;
  readonly cityCode: string;
}

@CommandHandler(OpenClientSession)
export class OpenClientSessionHandler implements ICommandHandler<OpenClientSession> {
  constructor(
    private readonly db: Database,
    private readonly tokens: Tokens,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ clientId, secret }: OpenClientSession) {
    return this.db.transaction(async (tx) => {
      const today = this.clock.today();
      const live = await rows<Credentials>(tx, credentials, [clientId, today]);
      const digest = sha256(secret);
      const right = live.find((one) => isSame(digest, one.digest));
      await this.audit.note({
        subject: live.length > 0 ? `client:${clientId}` : 'client:unknown',
        detail: { outcome: right ? 'signed-in' : 'failed', ...(right ? { number: right.number } : {}) },
      });
      if (!right) return null;
      await sql(tx, 'select client_secret_used($1, $2, $3)', [clientId, right.number, today]);
      const { organisationId, permissions, role, cityCode } = right;
      const claims = { accountId: clientId, sessionId: randomUUID(), organisationId, permissions };
      return this.tokens.access({ ...claims, ...claimsIn(role, cityCode) });
    });
  }
}

const credentials = `
  select number, secret_digest as digest, permissions, organisation_id as "organisationId", role, city_code as "cityCode"
  from client_credentials($1, $2)`;

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
