import { Injectable } from '@nestjs/common';
import { AccessWithdrawn, SessionEnded } from '@shuzheng/contracts';
import { Database, sql } from '../database.js';
import type { VerifiedToken } from '../http/tokens.js';
import { faultOf, log } from '../log.js';
import { On } from '../messaging/reactions.js';
import type { Copy } from './copy.js';

const EVERYWHERE = '00000000-0000-0000-0000-000000000000';
const REFRESH_MS = 1000;
/** Tokens live for five minutes; what is older cannot matter. */
const KEPT = `interval '15 minutes'`;

/** Access that was withdrawn: tokens issued before it are refused, within two seconds and without asking identity. */
@Injectable()
export class Withdrawals {
  private known = new Map<string, number>();
  private endedSessions = new Set<string>();
  private poll: NodeJS.Timeout | undefined;

  constructor(private readonly db: Database) {}

  @On(AccessWithdrawn)
  async remember(events: AccessWithdrawn[]) {
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into withdrawn_access (account_id, organisation_id, withdrawn_at)
         select account, organisation, max(at) from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as heard (account, organisation, at)
         group by account, organisation
         on conflict (account_id, organisation_id)
         do update set withdrawn_at = greatest(withdrawn_access.withdrawn_at, excluded.withdrawn_at)`,
        [
          events.map(({ accountId }) => accountId),
          events.map(({ organisationId }) => organisationId ?? EVERYWHERE),
          events.map(({ withdrawnAt }) => withdrawnAt),
        ],
      ),
    );
  }

  @On(SessionEnded)
  async rememberSessions(events: SessionEnded[]) {
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into ended_session (session_id, ended_at) select * from unnest($1::uuid[], $2::timestamptz[])
         on conflict (session_id) do nothing`,
        [events.map(({ sessionId }) => sessionId), events.map(({ endedAt }) => endedAt)],
      ),
    );
  }

  covers({ actor, sessionId, issuedAt }: VerifiedToken) {
    if (this.endedSessions.has(sessionId)) return true;
    const until = Math.max(
      this.known.get(`${actor.accountId}|${EVERYWHERE}`) ?? 0,
      this.known.get(`${actor.accountId}|${actor.organisationId}`) ?? 0,
    );
    return issuedAt <= until;
  }

  async start() {
    await this.refresh();
    this.poll = setInterval(() => {
      this.refresh().catch((error: unknown) =>
        log.warn('withdrawals could not be read', { service: this.db.schema, ...faultOf(error) }),
      );
    }, REFRESH_MS);
  }

  stop() {
    clearInterval(this.poll);
  }

  private async refresh() {
    const { rows } = await this.db.query<{ account: string; organisation: string; at: string }>(
      `select account_id as account, organisation_id as organisation, extract(epoch from withdrawn_at) * 1000 as at
       from withdrawn_access where withdrawn_at > clock_timestamp() - ${KEPT}`,
    );
    const ended = await this.db.query<{ session: string }>(
      `select session_id as session from ended_session where ended_at > clock_timestamp() - ${KEPT}`,
    );
    this.endedSessions = new Set(ended.rows.map(({ session }) => session));
    this.known = new Map(rows.map(({ account, organisation, at }) => [`${account}|${organisation}`, Number(at)]));
  }
}

export const withdrawals: Copy = {
  name: 'withdrawals',
  tables: ['withdrawn_access', 'ended_session'],
  keeper: Withdrawals,
  schema: `
    create table withdrawn_access (
      account_id      uuid        not null,
      organisation_id uuid        not null,
      withdrawn_at    timestamptz not null,
      primary key (account_id, organisation_id)
    );
    comment on table withdrawn_access is 'internal | tokens issued before are refused';
    create table ended_session (
      session_id uuid        primary key,
      ended_at   timestamptz not null
    );
    comment on table ended_session is 'internal | tokens of these sessions are refused';`,
  changes: [
    {
      number: 200,
      name: 'KnowEndedSessions',
      schema: `
        create table if not exists ended_session (
          session_id uuid        primary key,
          ended_at   timestamptz not null
        );
        comment on table ended_session is 'internal | tokens of these sessions are refused';`,
    },
  ],
};
