import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Database, row, sha256, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { SignedIn } from '../data/signed-in.js';
import { type Origin, type Outcome, recordSignIn } from '../data/sign-ins.js';
import { type Standing, standingOf } from '../data/standing.js';
import { SecondFactors } from '../second-factors.js';
import { Settings } from '../settings.js';
import { Tokens } from '../tokens.js';

export interface SessionAsked {
  readonly method: 'password' | 'oidc';
  readonly origin: Origin;
  readonly organisationId?: string | undefined;
  readonly secondFactor?: string | undefined;
  /** A provider whose word is taken has asked for a second factor. */
  readonly twice?: boolean;
}

/** A session, or why there is none; that, too, has been recorded and is committed. */
export type Opened = { readonly session: SignedIn } | { readonly refused: Exclude<Outcome, 'signed-in'> };

/** Open a session for an account whose password was right, or whom a provider has named. */
export class OpenSession extends Command<Opened> {
  constructor(
    readonly accountId: string,
    readonly asked: SessionAsked,
  ) {
    super();
  }
}

@CommandHandler(OpenSession)
export class OpenSessionHandler implements ICommandHandler<OpenSession> {
  constructor(
    private readonly db: Database,
    private readonly tokens: Tokens,
    private readonly settings: Settings,
    private readonly factors: SecondFactors,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, asked }: OpenSession) {
    return this.db.transaction(async (tx): Promise<Opened> => {
      const admitted = await this.admit(tx, accountId, asked);
      const outcome = typeof admitted === 'string' ? admitted : 'signed-in';
      const organisationId = typeof admitted === 'string' ? undefined : admitted.claims.organisationId;
      const { method, origin } = asked;
      await recordSignIn(tx, this.settings, { accountId, organisationId, outcome, method, origin });
      await this.audit.note({
        subject: `account:${accountId}`,
        detail: { outcome, ...(asked.twice ? { secondFactor: 'provider' } : {}) },
      });
      return typeof admitted === 'string'
        ? { refused: admitted }
        : { session: await this.open(tx, accountId, admitted, origin) };
    });
  }

  /** What the account may do, or what keeps it out. A wrong second factor counts like a wrong password. */
  private async admit(tx: EntityManager, accountId: string, asked: SessionAsked) {
    if (await isLocked(tx, accountId)) return 'locked';
    const factor = await this.factors.of(tx, accountId);
    if (factor?.confirmed && !asked.twice) {
      if (asked.secondFactor === undefined) return 'second-factor-needed';
      if (!(await this.factors.spend(tx, accountId, factor, asked.secondFactor))) {
        await sql(tx, 'select sign_in_failed($1)', [accountId]);
        return 'second-factor-wrong';
      }
    }
    await sql(tx, 'update account set failures = 0, locked_until = null where id = $1', [accountId]);
    return (await standingOf(tx, this.settings, accountId, asked.organisationId)) ?? 'not-admitted';
  }

  private async open(tx: EntityManager, accountId: string, standing: Standing, { device }: Origin) {
    const [sessionId, refreshToken] = [randomUUID(), this.tokens.refresh()];
    // What ended long ago serves nobody; who signed in when stays in the history of sign-ins.
    await sql(tx, 'delete from session where account_id = $1 and expires_at < clock_timestamp()', [accountId]);
    await sql(
      tx,
      `insert into session (id, account_id, organisation_id, refresh_digest, expires_at, device)
       values ($1, $2, $3, $4, clock_timestamp() + interval '12 hours', $5)`,
      [sessionId, accountId, standing.organisationId, sha256(refreshToken), device],
    );
    const access = await this.tokens.access({ ...standing.claims, sessionId });
    return { ...access, ...standing.answer, sessionId, refreshToken };
  }
}

/** Under its row lock: of many guesses at once only those before the fifth count. */
async function isLocked(tx: EntityManager, accountId: string) {
  const account = await row<{ locked: boolean }>(
    tx,
    `select coalesce(locked_until, '-infinity') > clock_timestamp() as locked from account
     where id = $1 and withdrawn_at is null for update`,
    [accountId],
  );
  return account?.locked ?? false;
}
