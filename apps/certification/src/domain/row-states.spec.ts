import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RowAct, rowActs, type RowState, rowStates } from './row-states.js';

const acts = Object.keys(rowActs) as RowAct[];

/** The state after the act; undefined where the row is in no state for it. */
function after(state: RowState, act: RowAct): RowState | undefined {
  const { from, to } = rowActs[act];
  return (from as readonly RowState[]).includes(state) ? to : undefined;
}

/** What really happens to a row when all this is tried on it, one after the other. */
function walk(tried: readonly RowAct[]) {
  let state: RowState = 'received';
  const done: RowAct[] = [];
  for (const act of tried) {
    const next = after(state, act);
    if (!next) continue;
    state = next;
    done.push(act);
  }
  return { state, done };
}
const walks = fc.array(fc.constantFrom(...acts), { maxLength: 60 }).map(walk);
const count = (done: readonly RowAct[], act: RowAct) => done.filter((one) => one === act).length;

it('issues nothing that was not proposed, confirmed, sent, nationally approved and given a number, in this order', () => {
  const needed: RowAct[] = ['propose', 'confirm', 'send', 'approve', 'allocate'];
  fc.assert(
    fc.property(walks, ({ done }) => {
      const issued = done.indexOf('issue');
      if (issued < 0) return;
      const places = needed.map((act) => done.indexOf(act));
      expect(places.every((place) => place >= 0 && place < issued)).toBe(true);
      expect([...places].sort((a, b) => a - b)).toEqual(places);
    }),
  );
});

it('decides once, sends once, issues once, revokes once', () => {
  fc.assert(
    fc.property(walks, ({ done }) => {
      expect(count(done, 'confirm') + count(done, 'return')).toBeLessThanOrEqual(1);
      for (const act of ['send', 'approve', 'issue', 'revoke'] as const)
        expect(count(done, act)).toBeLessThanOrEqual(1);
    }),
  );
});

it('gives one number at a time: each one before the next is void', () => {
  fc.assert(
    fc.property(walks, ({ done }) => {
      const given = done.filter((act) => act === 'allocate' || act === 'void-number');
      expect(given.every((act, i) => act === (i % 2 === 0 ? 'allocate' : 'void-number'))).toBe(true);
    }),
  );
});

it('leaves what was given up, withheld, removed or revoked where it is', () => {
  const ends: RowState[] = ['given-up', 'withheld', 'removed', 'revoked'];
  const left = rowStates.filter((state) => acts.every((act) => after(state, act) === undefined));
  expect([...left].sort()).toEqual([...ends].sort());
});
