import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that deciding on a suspension depends on. */
export interface SuspendingFacts {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly suspendedFrom: string | null;
  /** The first day on which the entry shall no longer cover anything. */
  readonly from: string;
}

const rules = {
  'entry-suspended': ({ suspendedFrom }) => suspendedFrom !== null,
  'suspension-outside-entry': ({ from, validFrom, validTo }) =>
    from < validFrom || (validTo !== null && validTo < from),
} satisfies Rules<SuspendingFacts>;

/** The rules a suspension would break. */
export const reasonsNotToSuspend = (facts: SuspendingFacts) => broken(rules, facts);
