import { rolesOf } from '@shuzheng/contracts';
import { actor, Missing, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { GrantingFacts } from '../domain/granting.js';
import type { Settings } from '../settings.js';
import { rolesIn } from './charge.js';
import type { Organisation } from './organisations.js';

/** What an account holds already, by organisation. Its row is locked, so that nobody else grants it anything meanwhile. */
export interface Held {
  readonly memberships: readonly { readonly organisationId: string; readonly roles: readonly string[] }[];
  readonly administrator: string | null;
}

export const nothingHeld: Held = { memberships: [], administrator: null };

export async function heldBy(tx: EntityManager, accountId: string): Promise<Held> {
  const account = await row<{ administrator: string | null }>(
    tx,
    `select administrator_of(id) as administrator from account
     where id = $1 and kind = 'member' and withdrawn_at is null for update`,
    [accountId],
  );
  if (!account) throw new Missing();
  const memberships = await rows<{ organisationId: string; roles: string[] }>(
    tx,
    `select organisation_id as "organisationId", roles from membership where account_id = $1 and withdrawn_at is null`,
    [accountId],
  );
  return { memberships, ...account };
}

export interface Granting {
  readonly held: Held;
  readonly organisation: Organisation;
  readonly roles: readonly string[];
  readonly accountId?: string;
  /** Replaces roles that are held, rather than adding a membership. */
  readonly replaces?: boolean;
  /** Who grants, where it is not the caller. */
  readonly granter?: string | null;
}

/** The facts that decide on somebody's roles, as they stand under the account's lock. */
export async function grantingFacts(
  tx: EntityManager,
  settings: Settings,
  { held, organisation, roles, accountId, replaces = false, granter }: Granting,
): Promise<GrantingFacts> {
  const { accountId: me, permissions } = actor();
  const by = granter === undefined ? me : (granter ?? undefined);
  const here = held.memberships.filter(({ organisationId }) => organisationId === organisation.id);
  const others = held.memberships.filter(({ organisationId }) => organisationId !== organisation.id);
  return {
    roles,
    before: here.flatMap((one) => one.roles),
    possible: rolesOf[organisation.role] ?? [],
    held: [...others.flatMap((one) => one.roles), ...(held.administrator ? [held.administrator] : [])],
    alreadyMember: !replaces && here.length > 0,
    own: accountId !== undefined && accountId === by,
    granterRoles: permissions.includes('accounts:manage') ? [] : await rolesIn(tx, by, organisation.id),
    managerApart: await settings.isOn(tx, 'user-manager-apart'),
  };
}
