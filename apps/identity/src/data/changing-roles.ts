import { row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { announceMembership } from './memberships.js';
import type { Organisation } from './organisations.js';
import { endSessions } from './sessions.js';

/** Writes down other roles that no rule stands against. Where some are taken away, tokens that still have them are refused at once. */
export async function changeRoles(
  tx: EntityManager,
  accountId: string,
  organisation: Organisation,
  before: readonly string[],
  roles: readonly string[],
) {
  const changed = await row<{ version: number }>(
    tx,
    `update membership set roles = $3, version = version + 1
     where account_id = $1 and organisation_id = $2 and withdrawn_at is null returning version`,
    [accountId, organisation.id, roles],
  );
  announceMembership(tx, accountId, organisation, roles);
  const fewer = before.some((role) => !roles.includes(role));
  const ending = { organisationId: organisation.id };
  const sessionsEnded = fewer ? await endSessions(tx, accountId, 'roles-changed', ending) : 0;
  return { version: changed?.version ?? 0, sessionsEnded };
}
