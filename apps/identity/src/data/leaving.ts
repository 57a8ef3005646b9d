import { AccessWithdrawn } from '@shuzheng/contracts';
import { actor, announce, instantOf, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { LeavingFacts } from '../domain/withdrawing.js';

/** Everybody who may act for an organisation, locked: two who withdraw each other's last colleague take turns. */
export async function leavingFacts(
  tx: EntityManager,
  organisationId: string,
  accountId: string,
): Promise<LeavingFacts> {
  const members = await rows<{ account: string; roles: string[] }>(
    tx,
    `select account_id as account, roles from membership
     where organisation_id = $1 and withdrawn_at is null order by id for update`,
    [organisationId],
  );
  return {
    leaving: members.filter(({ account }) => account === accountId).flatMap(({ roles }) => roles),
    staying: members.filter(({ account }) => account !== accountId).map(({ roles }) => roles),
  };
}

/** Ends what an account may do, for one organisation or (null) for all, with its sessions, and tells everybody. */
export async function leave(tx: EntityManager, accountId: string, organisationId: string | null, reason: string) {
  await sql(
    tx,
    `update membership set withdrawn_at = clock_timestamp(), withdrawn_by = $3, withdrawal_reason = $4
     where account_id = $1 and ($2::uuid is null or organisation_id = $2) and withdrawn_at is null`,
    [accountId, organisationId, actor().accountId ?? null, reason],
  );
  const { rowCount } = await sql(
    tx,
    `update session set ended_at = clock_timestamp(), ended_because = 'withdrawn'
     where account_id = $1 and ($2::uuid is null or organisation_id = $2) and ended_at is null`,
    [accountId, organisationId],
  );
  const withdrawnAt = announceWithdrawal(tx, accountId, organisationId);
  return { withdrawnAt, sessionsEnded: rowCount ?? 0 };
}

/** Tokens live by real time, and so do withdrawals. Rows are locked by now: no token can be made with this instant or later. */
export function announceWithdrawal(tx: EntityManager, accountId: string, organisationId: string | null) {
  const withdrawnAt = instantOf(new Date());
  announce(tx, AccessWithdrawn, { accountId, organisationId, withdrawnAt });
  return withdrawnAt;
}
