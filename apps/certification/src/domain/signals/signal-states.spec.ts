import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultsOfDismissal } from './dismissing.js';
import { mayBecome, type SignalState, signalStates, signalSteps } from './signal-states.js';

type Act = 'hold' | 'fade' | 'dismiss';

/** What facts and people do to a signal, by the same rules as the statements and the command. */
function after(state: SignalState, act: Act, version: number): SignalState {
  if (act === 'dismiss') {
    const known = new Map([['one', { code: 'x', state, version }]]);
    return faultsOfDismissal([{ signalId: 'one', version }], known).length === 0 ? 'dismissed' : state;
  }
  if (act === 'fade') return 'closed';
  return state === 'closed' ? 'open' : state;
}

it('goes only by the table, whatever facts and people do, and nobody dismisses what is not open', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<Act>('hold', 'fade', 'dismiss'), { maxLength: 40 }), (acts) => {
      let state: SignalState = 'open';
      for (const [i, act] of acts.entries()) {
        const next = after(state, act, i + 1);
        if (next !== state) expect(mayBecome(state, next)).toBe(true);
        if (act === 'dismiss' && next === 'dismissed') expect(['open', 'dismissed']).toContain(state);
        state = next;
      }
    }),
  );
});

it('leads from every state to another one: a signal never ends, as facts may always change', () => {
  expect(signalStates.filter((state) => signalSteps[state].length === 0)).toEqual([]);
});
