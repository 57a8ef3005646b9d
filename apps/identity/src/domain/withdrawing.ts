import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that deciding on somebody's leaving an organisation depends on. */
export interface LeavingFacts {
  /** The roles of whoever leaves. */
  readonly leaving: readonly string[];
  /** The roles of each who stays. */
  readonly staying: readonly (readonly string[])[];
}

const isLast = (role: string, { leaving, staying }: LeavingFacts) =>
  leaving.includes(role) && !staying.some((roles) => roles.includes(role));

const rules = {
  // Whoever closes an organisation's accounts one by one may close the manager's last.
  'last-user-manager': (facts) => facts.staying.length > 0 && isLast('user-manager', facts),
  'last-administrator': (facts) => isLast('system-administrator', facts),
} satisfies Rules<LeavingFacts>;

/** The rules somebody's leaving would break. */
export const reasonsNotToWithdraw = (facts: LeavingFacts) => broken(rules, facts);

/** The rules it would break to go on with these roles alone. */
export const reasonsNotToDrop = ({ leaving, staying }: LeavingFacts, roles: readonly string[]) =>
  // Whoever stays a member needs a manager even when there is nobody else.
  broken(
    {
      'last-user-manager': (facts: LeavingFacts) => isLast('user-manager', facts),
      'last-administrator': (facts: LeavingFacts) => isLast('system-administrator', facts),
    },
    { leaving: leaving.filter((role) => !roles.includes(role)), staying },
  );
