import { SessionEnded } from '@shuzheng/contracts';
import { announce, instantOf, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

export interface Ending {
  /** Only sessions for this organisation. */
  readonly organisationId?: string | undefined;
  /** This session alone. */
  readonly only?: string;
  /** All but this session. */
  readonly except?: string;
}

/** Ends sessions and tells everybody, so that their tokens are refused everywhere; answers how many. */
export async function endSessions(tx: EntityManager, accountId: string, because: string, ending: Ending = {}) {
  const ended = await rows<{ sessionId: string }>(
    tx,
    `update session set ended_at = clock_timestamp(), ended_because = $2
     where account_id = $1 and ended_at is null
       and ($3::uuid is null or organisation_id = $3) and ($4::uuid is null or id = $4) and ($5::uuid is null or id <> $5)
     returning id as "sessionId"`,
    [accountId, because, ending.organisationId ?? null, ending.only ?? null, ending.except ?? null],
  );
  const endedAt = instantOf(new Date());
  for (const { sessionId } of ended) announce(tx, SessionEnded, { accountId, sessionId, endedAt });
  return ended.length;
}
