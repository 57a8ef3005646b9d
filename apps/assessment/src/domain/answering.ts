import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that answering an exam plan depends on. */
export interface AnsweringFacts {
  readonly consented: boolean;
  readonly reason: string | null;
  readonly answered: boolean;
  readonly withdrawn: boolean;
  /** What the directory lacks for this institution on the plan's days. */
  readonly coverFaults: readonly string[];
}

const rules = {
  'exam-plan-answered': ({ answered }) => answered,
  'plan-withdrawn': ({ withdrawn }) => withdrawn,
  'reason-missing': ({ consented, reason }) => !consented && reason === null,
} satisfies Rules<AnsweringFacts>;

/** The rules an answer would break. Saying no needs no cover. */
export const reasonsNotToAnswer = (facts: AnsweringFacts) => [
  ...broken(rules, facts),
  ...(facts.consented ? facts.coverFaults : []),
];
