import { MembershipGranted, type Permission, type Role, roles as permissionsByRole } from '@shuzheng/contracts';
import { actor, announce, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { reachIn } from '../domain/reaching.js';
import type { Organisation } from './organisations.js';

/** Everything these roles allow, each once. */
export const permissionsOf = (roles: readonly string[]): Permission[] => [
  ...new Set(roles.flatMap((role) => permissionsByRole[role as Role])),
];

/** Writes down a membership that no rule stands against, and announces it. */
export async function grant(
  tx: EntityManager,
  accountId: string,
  organisation: Organisation,
  roles: readonly string[],
): Promise<void> {
  await sql(
    tx,
    'insert into membership (id, account_id, organisation_id, roles, granted_by) values ($1, $2, $3, $4, $5)',
    [randomUUID(), accountId, organisation.id, roles, actor().accountId ?? null],
  );
  announceMembership(tx, accountId, organisation, roles);
}

export function announceMembership(
  tx: EntityManager,
  accountId: string,
  { id, role, cityCode }: Organisation,
  roles: readonly string[],
) {
  const reach = reachIn(role);
  announce(tx, MembershipGranted, {
    accountId,
    organisationId: id,
    permissions: permissionsOf(roles),
    reach,
    cityCode: reach === 'city' ? cityCode : null,
  });
}
