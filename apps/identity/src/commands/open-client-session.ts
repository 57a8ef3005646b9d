import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database, row, sha256 } from '@shuzheng/platform';
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
  readonly digest: string | null;
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
    private readonly audit: Audit,
  ) {}

  execute({ clientId, secret }: OpenClientSession) {
    return this.db.transaction(async (tx) => {
      const known = await row<Credentials>(
        tx,
        `select secret_digest as digest, permissions, organisation_id as "organisationId", role, city_code as "cityCode"
         from client_credentials($1)`,
        [clientId],
      );
      const right = isSame(sha256(secret), known?.digest ?? '');
      await this.audit.note({
        subject: known ? `client:${clientId}` : 'client:unknown',
        detail: { outcome: right ? 'signed-in' : 'failed' },
      });
      if (!known || !right) return null;
      const { organisationId, permissions, role, cityCode } = known;
      const claims = { accountId: clientId, sessionId: randomUUID(), organisationId, permissions };
      return this.tokens.access({ ...claims, ...claimsIn(role, cityCode) });
    });
  }
}

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
