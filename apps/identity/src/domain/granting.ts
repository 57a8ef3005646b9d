import { broken, type Rules } from '@shuzheng/platform/rules';
import { isWeak } from './passwords.js';

export const administrators: readonly string[] = ['system-administrator', 'security-administrator', 'auditor'];
/** Who decides on what somebody else prepared. */
export const approvers: readonly string[] = ['training-approver', 'evaluation-approver', 'department-approver'];

const isBusiness = (role: string) => role !== 'user-manager' && !administrators.includes(role);

/** All that deciding on somebody's roles in an organisation depends on. */
export interface GrantingFacts {
  readonly roles: readonly string[];
  /** What the account holds there already. */
  readonly before: readonly string[];
  /** What can be held in this kind of organisation. */
  readonly possible: readonly string[];
  /** What the account holds in other organisations, and which administrator it ever was. */
  readonly held: readonly string[];
  readonly alreadyMember: boolean;
  /** Does the caller grant to themselves? */
  readonly own: boolean;
  /** The caller's own roles there; none where an administrator grants. */
  readonly granterRoles: readonly string[];
  /** Whether user managers hold no business role beside: the office's choice. */
  readonly managerApart: boolean;
}

export const grantingRules = {
  'roles-missing': ({ roles }) => roles.length === 0,
  'role-not-of-organisation': ({ roles, possible }) => roles.some((role) => !possible.includes(role)),
  'roles-combined': ({ roles, held }) => {
    const granted = roles.filter((role) => administrators.includes(role));
    const all = new Set([...granted, ...held.filter((role) => administrators.includes(role))]);
    return granted.length > 0 && all.size > 1;
  },
  'manager-apart': ({ roles, managerApart }) =>
    managerApart && roles.includes('user-manager') && roles.some(isBusiness),
  'own-role': ({ own, roles, before }) => own && roles.some((role) => !before.includes(role)),
  'own-approver': ({ granterRoles, roles, before }) =>
    granterRoles.some(isBusiness) && roles.some((role) => approvers.includes(role) && !before.includes(role)),
  'membership-exists': ({ alreadyMember }) => alreadyMember,
} satisfies Rules<GrantingFacts>;

/** The rules new roles would break. */
export const reasonsNotToGrant = (facts: GrantingFacts) => broken(grantingRules, facts);

/** Whoever prepares and manages users may not take over an approver's account either. */
export const reasonsNotToTakeCharge = (facts: {
  readonly own: boolean;
  readonly elsewhere: boolean;
  readonly granterRoles: readonly string[];
  readonly roles: readonly string[];
}) =>
  broken(
    {
      'own-account': ({ own }: typeof facts) => own,
      'account-of-several': ({ elsewhere }: typeof facts) => elsewhere,
      'own-approver': ({ granterRoles, roles }: typeof facts) =>
        granterRoles.some(isBusiness) && roles.some((role) => approvers.includes(role)),
    },
    facts,
  );

/** What of an account can be given into other hands. */
export const resets = ['password', 'second-factor', 'external-identity'] as const;
export type Reset = (typeof resets)[number];

/** Agreeing to the reset of an administrator’s sign-in: somebody else’s, and only where agreement is asked for. */
export const reasonsNotToConsent = (facts: { readonly own: boolean; readonly roles: readonly string[] }) =>
  broken(
    {
      'own-account': ({ own }: typeof facts) => own,
      'consent-needless': ({ roles }: typeof facts) => !roles.some((role) => administrators.includes(role)),
    },
    facts,
  );

/** All that deciding on a new account depends on, besides its membership. */
export interface OpeningFacts {
  readonly loginName: string;
  readonly loginNameTaken: boolean;
  readonly password: string;
}

const openingRules = {
  'login-name-taken': ({ loginNameTaken }) => loginNameTaken,
  'password-weak': ({ loginName, password }) => isWeak(password, loginName),
} satisfies Rules<OpeningFacts>;

/** The rules a new account would break. */
export const reasonsNotToOpen = (facts: OpeningFacts) => broken(openingRules, facts);

/**
 * For people alone: accounts, one's own record, full document numbers, rules, and what somebody has to answer for: what
 * a second pair of eyes decides, what issues a paper, and judgement on others' data.
 */
const forPeople = [
  'accounts:manage',
  'members:manage',
  'security:manage',
  'clients:manage',
  'operations:manage',
  'audit:read',
  'applications:apply',
  'objections:raise',
  'own-record:read',
  'roster:unmask',
  'persons:approve',
  'organisations:suspend',
  'batches:confirm',
  'certificates:approve',
  'clocks:set',
  'clocks:approve',
  'rules:manage',
  'rules:confirm',
  'calendar:manage',
  'plans:file',
  'persons:merge',
  'completion:decide',
  'training-certificates:issue',
  'training-certificates:amend',
  'exam-plans:consent',
  'results:release',
  'objections:decide',
  'signals:dismiss',
  'samples:draw',
  'certificates:issue',
];

/** The rules a new client would break. */
export const reasonsNotToAdmit = (facts: {
  readonly permissions: readonly string[];
  readonly possible: readonly string[];
  readonly expiresOn: string | undefined;
  readonly today: string;
}) =>
  broken(
    {
      'permission-not-of-organisation': ({ permissions, possible }: typeof facts) =>
        permissions.length === 0 ||
        permissions.some((permission) => forPeople.includes(permission) || !possible.includes(permission)),
      'expiry-past': ({ expiresOn, today }: typeof facts) => expiresOn !== undefined && expiresOn < today,
    },
    facts,
  );
