import { broken, type Rules } from '@shuzheng/platform/rules';
import { mayMove, sessionMoves, type SessionState } from './states.js';
import { lastPaperOn, type Papers } from './subject.js';

/** All that ending a session's exam depends on. */
export interface ClosingFacts {
  readonly session: Papers & { readonly state: SessionState };
  readonly undecided: number;
  readonly today: string;
}

const rules = {
  'session-not-open': ({ session }) => !mayMove(sessionMoves, session.state, 'sat'),
  'exam-in-future': ({ session, today }) => today < lastPaperOn(session),
  'qualification-undecided': ({ undecided }) => undecided > 0,
} satisfies Rules<ClosingFacts>;

/** The rules that ending the exam would break. */
export const reasonsNotToClose = (facts: ClosingFacts) => broken(rules, facts);
