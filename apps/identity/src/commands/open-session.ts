import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Database, row, sha256, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { SignedIn } from '../data/signed-in.js';
import { standingOf } from '../data/standing.js';
import { Tokens } from '../tokens.js';

/** Open a session for an account whose password was right; null where it may not sign in after all. */
export class OpenSession extends Command<SignedIn | null> {
  constructor(
    readonly accountId: string,
    readonly organisationId: string | undefined,
  ) {
    super();
  }
}

@CommandHandler(OpenSession)
export class OpenSessionHandler implements ICommandHandler<OpenSession> {
  constructor(
    private readonly db: Database,
    private readonly tokens: Tokens,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, organisationId }: OpenSession) {
    return this.db.transaction(async (tx) => {
      const standing = (await unlocked(tx, accountId)) && (await standingOf(tx, accountId, organisationId));
      await this.audit.note({
        subject: `account:${accountId}`,
        detail: { outcome: standing ? 'signed-in' : 'not-admitted' },
      });
      if (!standing) return null;

      const [sessionId, refreshToken] = [randomUUID(), this.tokens.refresh()];
      // What ended long ago serves nobody; who signed in when stays in the audit record.
      await sql(tx, 'delete from session where account_id = $1 and expires_at < clock_timestamp()', [accountId]);
      await sql(
        tx,
        `insert into session (id, account_id, organisation_id, refresh_digest, expires_at)
         values ($1, $2, $3, $4, clock_timestamp() + interval '12 hours')`,
        [sessionId, accountId, standing.claims.organisationId ?? null, sha256(refreshToken)],
      );
      const access = await this.tokens.access({ ...standing.claims, sessionId });
      return { ...access, sessionId, refreshToken, memberships: standing.memberships };
    });
  }
}

/** Forgets the failures of an account that is not locked. Under its row lock: of many guesses at once only those before the fifth count. */
const unlocked = (tx: EntityManager, accountId: string) =>
  row(
    tx,
    `update account set failures = 0, locked_until = null
     where id = $1 and withdrawn_at is null and coalesce(locked_until, '-infinity') <= clock_timestamp() returning id`,
    [accountId],
  );
