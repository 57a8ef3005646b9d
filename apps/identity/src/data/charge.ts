import { actor, Missing, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { ownOrganisation } from '../managing.js';

/** Somebody's account in the hands of who looks after it. */
export interface Charge {
  readonly loginName: string;
  readonly own: boolean;
  /** Is it, beside this organisation, at home in another? Then a user manager's hands are off what holds everywhere. */
  readonly elsewhere: boolean;
  readonly roles: readonly string[];
  readonly granterRoles: readonly string[];
  /** Whose sessions the caller may end: null for everybody's. */
  readonly organisationId: string | null;
}

const live = `
  select roles from membership
  where account_id = $1 and ($2::uuid is null or organisation_id = $2) and withdrawn_at is null`;

/** `security:manage` for anybody, `members:manage` for the own organisation's members. The account is locked. */
export async function chargeOf(tx: EntityManager, accountId: string): Promise<Charge> {
  const { permissions, accountId: me } = actor();
  const everywhere = permissions.includes('security:manage');
  const organisationId = everywhere ? null : ownOrganisation();
  const account = await row<{ loginName: string; elsewhere: boolean }>(
    tx,
    `select login_name as "loginName", $2::uuid is not null and member_elsewhere(id, $2) as elsewhere
     from account where id = $1 and withdrawn_at is null for update`,
    [accountId, organisationId],
  );
  const held = await rows<{ roles: string[] }>(tx, live, [accountId, organisationId]);
  if (!account || (!everywhere && held.length === 0)) throw new Missing();
  const granterRoles = organisationId === null ? [] : await rolesIn(tx, me, organisationId);
  const roles = held.flatMap((one) => one.roles);
  return { ...account, own: accountId === me, roles, granterRoles, organisationId };
}

/** What somebody holds in an organisation. */
export async function rolesIn(tx: EntityManager, accountId: string | undefined, organisationId: string) {
  const held = await rows<{ roles: string[] }>(tx, live, [accountId ?? null, organisationId]);
  return held.flatMap(({ roles }) => roles);
}
