import { broken, type Rules } from '@shuzheng/platform/rules';
import { isClosed } from './applying.js';
import { applicationMoves, type ApplicationState, mayMove } from './states.js';
import type { Papers } from './subject.js';

/** All that taking an application back depends on. */
export interface WithdrawingFacts {
  readonly session: Papers & { readonly state: string };
  readonly state: ApplicationState;
  readonly today: string;
}

const rules = {
  'session-closed': isClosed,
  'application-ended': ({ state }) => !mayMove(applicationMoves, state, 'withdrawn'),
} satisfies Rules<WithdrawingFacts>;

/** The rules that taking an application back would break. */
export const reasonsNotToWithdraw = (facts: WithdrawingFacts) => broken(rules, facts);
