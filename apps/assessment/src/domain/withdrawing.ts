import { broken, type Rules } from '@shuzheng/platform/rules';
import { isClosed } from './applying.js';
import type { Papers } from './subject.js';

/** All that taking an application back depends on. */
export interface WithdrawingFacts {
  readonly session: Papers & { readonly state: string };
  readonly state: string;
  readonly today: string;
}

const rules = {
  'session-closed': isClosed,
  'application-ended': ({ state }) => state !== 'submitted' && state !== 'qualified',
} satisfies Rules<WithdrawingFacts>;

/** The rules that taking an application back would break. */
export const reasonsNotToWithdraw = (facts: WithdrawingFacts) => broken(rules, facts);
