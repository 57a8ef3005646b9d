import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Database, row, sha256, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { endSessions } from '../data/sessions.js';
import type { SignedIn } from '../data/signed-in.js';
import { standingOf } from '../data/standing.js';
import { Settings } from '../settings.js';
import { Tokens } from '../tokens.js';

/** Exchange a refresh token for a new pair; null where its session is over, or ends because the token was exchanged before. */
export class RefreshSession extends Command<SignedIn | null> {
  constructor(
    readonly accountId: string,
    readonly sessionId: string,
    readonly digest: string,
  ) {
    super();
  }
}

interface SessionRow extends Record<string, unknown> {
  readonly organisationId: string | null;
  readonly digest: string;
  readonly live: boolean;
}

@CommandHandler(RefreshSession)
export class RefreshSessionHandler implements ICommandHandler<RefreshSession> {
  constructor(
    private readonly db: Database,
    private readonly tokens: Tokens,
    private readonly settings: Settings,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, sessionId, digest }: RefreshSession) {
    return this.db.transaction(async (tx) => {
      // Account, membership, session: everybody locks them in this order.
      const before = await sessionRow(tx, sessionId);
      const standing = before && (await standingOf(tx, this.settings, accountId, before.organisationId));
      const session = before && (await sessionRow(tx, sessionId, 'for update'));
      const reused = session !== undefined && session.digest !== digest;
      const outcome = reused ? 'reused' : standing && session?.live ? 'refreshed' : 'over';
      await this.audit.note({ subject: `account:${accountId}`, detail: { outcome } });
      // Two hold this session's tokens, and one of them is not its owner.
      if (reused) await endSessions(tx, accountId, 'reused', { only: sessionId });
      if (reused || !standing || !session?.live) return null;

      const refreshToken = this.tokens.refresh();
      await rotate(tx, sessionId, sha256(refreshToken));
      const access = await this.tokens.access({ ...standing.claims, sessionId });
      return { ...access, ...standing.answer, sessionId, refreshToken };
    });
  }
}

const sessionRow = (tx: EntityManager, id: string, lock: '' | 'for update' = '') =>
  row<SessionRow>(
    tx,
    `select organisation_id as "organisationId", refresh_digest as digest,
       ended_at is null and expires_at > clock_timestamp() as live
     from session where id = $1 ${lock}`,
    [id],
  );

const rotate = (tx: EntityManager, id: string, digest: string) =>
  sql(
    tx,
    `with spent as (
       update session set refresh_digest = $2 where id = $1
       returning old.refresh_digest as digest, old.id, old.account_id, old.organisation_id
     )
     insert into spent_refresh (digest, session_id, account_id, organisation_id) select * from spent`,
    [id, digest],
  );
