import { actor, Missing, refuseIf, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { administrators, reasonsNotToTakeCharge, type Reset } from '../domain/granting.js';
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

/** Gives what an account signs in with into the caller’s hands. An administrator’s is given only where a second one agreed. */
export async function takeCharge(tx: EntityManager, accountId: string, what: Reset) {
  const charge = await chargeOf(tx, accountId);
  const guarded = !charge.own && charge.roles.some((role) => administrators.includes(role));
  const consentId = guarded ? await consentTo(tx, accountId, what) : null;
  refuseIf([...reasonsNotToTakeCharge(charge), ...(consentId === undefined ? ['second-administrator-needed'] : [])]);
  if (consentId === null || consentId === undefined) return {};
  await sql(tx, 'update reset_consent set used_by = $2, used_at = clock_timestamp() where id = $1', [
    consentId,
    actor().accountId,
  ]);
  return { consentId };
}

/** The account is locked by now, so a consent is used once. */
async function consentTo(tx: EntityManager, accountId: string, what: Reset): Promise<string | undefined> {
  const consent = await row<{ id: string }>(
    tx,
    `select id from reset_consent
     where account_id = $1 and what = $2 and consented_by <> $3 and used_at is null and expires_at > clock_timestamp()
     order by consented_at limit 1`,
    [accountId, what, actor().accountId],
  );
  return consent?.id;
}
