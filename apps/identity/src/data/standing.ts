import { type Claims, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { reachIn } from '../domain/reaching.js';
import { needsSecondFactor } from '../domain/second-factor.js';
import type { Settings } from '../settings.js';
import { permissionsOf } from './memberships.js';
import type { SignedIn } from './signed-in.js';

export interface HeldMembership {
  readonly organisationId: string;
  readonly roles: readonly string[];
}

/** What an account may do now, for the organisation it acts for. */
export interface Standing {
  readonly claims: Omit<Claims, 'sessionId'>;
  /** The organisation the session is for, also while it may do nothing there yet. */
  readonly organisationId: string | null;
  readonly answer: Pick<SignedIn, 'memberships' | 'mustEnroll'>;
}

interface MembershipRow extends HeldMembership, Record<string, unknown> {
  readonly role: string;
  readonly cityCode: string;
}

/**
 * Reads what an account may do, and keeps it so until `tx` ends: a withdrawal waits, and is then later than any token
 * made here. Without an organisation, the first membership counts.
 */
export async function standingOf(
  tx: EntityManager,
  settings: Settings,
  accountId: string,
  organisationId?: string | null,
): Promise<Standing | undefined> {
  const account = await row<{ kind: string; personId: string | null }>(
    tx,
    'select kind, person_id as "personId" from account where id = $1 and withdrawn_at is null for share',
    [accountId],
  );
  if (account?.personId) return learner(accountId, account.personId);
  const held = account ? await rows<MembershipRow>(tx, memberships, [accountId]) : [];
  const chosen = organisationId ? held.find((one) => one.organisationId === organisationId) : held[0];
  if (!chosen) return undefined;
  const mustEnroll = needsSecondFactor(chosen.roles) && (await lacksSecondFactor(tx, settings, accountId));
  return member(accountId, chosen, held, mustEnroll);
}

/** Where the office demands a second factor, who has none may do nothing but get one. */
async function lacksSecondFactor(tx: EntityManager, settings: Settings, accountId: string) {
  if (!(await settings.isOn(tx, 'second-factor-required'))) return false;
  const found = await row(tx, 'select 1 as one from second_factor where account_id = $1 and confirmed_at is not null', [
    accountId,
  ]);
  return found === undefined;
}

const learner = (accountId: string, personId: string): Standing => ({
  claims: { accountId, personId, reach: 'self', permissions: permissionsOf(['learner']) },
  organisationId: null,
  answer: { memberships: [], mustEnroll: false },
});

const member = (
  accountId: string,
  chosen: MembershipRow,
  held: readonly MembershipRow[],
  mustEnroll: boolean,
): Standing => ({
  claims: mustEnroll
    ? { accountId, reach: 'self', permissions: [] }
    : {
        accountId,
        organisationId: chosen.organisationId,
        ...claimsIn(chosen.role, chosen.cityCode),
        permissions: permissionsOf(chosen.roles),
      },
  organisationId: chosen.organisationId,
  answer: { memberships: held.map(({ organisationId, roles }) => ({ organisationId, roles })), mustEnroll },
});

/** What follows from the kind of organisation somebody acts for. */
export function claimsIn(role: string, cityCode: string): Pick<Claims, 'reach' | 'cityCode'> {
  const reach = reachIn(role);
  return reach === 'city' ? { reach, cityCode } : { reach };
}

const memberships = `
  select membership.organisation_id as "organisationId", roles, role, city_code as "cityCode"
  from membership join organisation on organisation.id = membership.organisation_id
  where account_id = $1 and withdrawn_at is null
  order by granted_at, membership.id
  for share of membership`;
