import { broken, type Rules } from '@shuzheng/platform/rules';
import { mayMove, sessionMoves, type SessionState } from './states.js';

const rules = {
  'session-cancelled': ({ state }) => state === 'cancelled',
  'session-not-open': ({ state }) => state !== 'cancelled' && !mayMove(sessionMoves, state, 'cancelled'),
} satisfies Rules<{ readonly state: SessionState }>;

/** The rules that cancelling a session would break: what was sat is reported, not cancelled. */
export const reasonsNotToCancel = (facts: { readonly state: SessionState }) => broken(rules, facts);
