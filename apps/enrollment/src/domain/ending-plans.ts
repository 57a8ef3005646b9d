import { broken, type Rules } from '@shuzheng/platform/rules';
import { faultsOfTrainingMove } from './plan-states.js';

export interface EndingFacts {
  readonly state: string;
  /** The states of the classes and of the exam plans under the plan. */
  readonly classes: readonly string[];
  readonly examPlans: readonly string[];
}

const isOver = (state: string) => state === 'withdrawn' || state === 'closed';

const withdrawingRules = {
  'plan-has-classes': ({ classes }) => classes.some((state) => state !== 'announced' && state !== 'cancelled'),
  'plan-has-exam-plans': ({ examPlans }) => !examPlans.every(isOver),
} satisfies Rules<EndingFacts>;

/** The rules that withdrawing this training plan would break. */
export const reasonsNotToWithdraw = (facts: EndingFacts): string[] => [
  ...faultsOfTrainingMove(facts.state, 'withdraw'),
  ...broken(withdrawingRules, facts),
];

const finished = ['reported', 'archived', 'cancelled'];

const closingRules = {
  'plan-has-open-classes': ({ classes }) => classes.some((state) => !finished.includes(state)),
  'plan-has-exam-plans': ({ examPlans }) => !examPlans.every(isOver),
} satisfies Rules<EndingFacts>;

/** The rules that closing this training plan would break. */
export const reasonsNotToClose = (facts: EndingFacts): string[] => [
  ...faultsOfTrainingMove(facts.state, 'close'),
  ...broken(closingRules, facts),
];
