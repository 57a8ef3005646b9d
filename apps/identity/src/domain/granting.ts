import { broken, type Rules } from '@shuzheng/platform/rules';
import { isWeak } from './passwords.js';

const administrators = ['system-administrator', 'security-administrator', 'auditor'];

/** All that deciding on a membership depends on. */
export interface GrantingFacts {
  readonly roles: readonly string[];
  /** What can be held in this kind of organisation. */
  readonly possible: readonly string[];
  /** What the account holds in other organisations. */
  readonly held: readonly string[];
  readonly alreadyMember: boolean;
}

const grantingRules = {
  'roles-missing': ({ roles }) => roles.length === 0,
  'role-not-of-organisation': ({ roles, possible }) => roles.some((role) => !possible.includes(role)),
  'roles-combined': ({ roles, held }) => {
    const granted = roles.filter((role) => administrators.includes(role)).length;
    return granted > 0 && granted + held.filter((role) => administrators.includes(role)).length > 1;
  },
  'membership-exists': ({ alreadyMember }) => alreadyMember,
} satisfies Rules<GrantingFacts>;

/** The rules a new membership would break. */
export const reasonsNotToGrant = (facts: GrantingFacts) => broken(grantingRules, facts);

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

/** Accounts are for people to manage: no program is given the right to. */
const forPeople = ['accounts:manage', 'members:manage', 'operations:manage', 'applications:apply'];

/** The rules a new client would break. */
export const reasonsNotToAdmit = (facts: { permissions: readonly string[]; possible: readonly string[] }) =>
  broken(
    {
      'permission-not-of-organisation': ({ permissions, possible }: typeof facts) =>
        permissions.length === 0 ||
        permissions.some((permission) => forPeople.includes(permission) || !possible.includes(permission)),
    },
    facts,
  );
