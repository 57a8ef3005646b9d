import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type ClassMove,
  classMoves,
  type ClassState,
  classStates,
  faultsOfMove,
  mayMove,
  moved,
} from './class-states.js';
import { statusOfClass } from './class-status.js';

/** The pairs of states that design.md has: announced → enrolling → running → completed → reported → archived; cancelled. */
const designed = new Set([
  'announced>enrolling',
  'enrolling>running',
  'running>completed',
  'completed>reported',
  'reported>archived',
  'announced>cancelled',
  'enrolling>cancelled',
  'running>cancelled',
]);

const moves = [...new Set(classStates.flatMap((state) => Object.keys(classMoves[state]) as ClassMove[]))];

it('whatever is tried in whatever order, a class only ever goes as the table of the design goes', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 60 }), (tried) => {
      let state: ClassState = 'announced';
      for (const move of tried) {
        if (!mayMove(state, move)) {
          expect(faultsOfMove(state, move)).toHaveLength(1);
          expect(() => moved(state, move)).toThrow();
          continue;
        }
        const next = moved(state, move);
        expect(next === state || designed.has(`${state}>${next}`)).toBe(true);
        state = next;
      }
    }),
  );
});

it('every state can be reached, and nothing leaves the archive or a cancellation', () => {
  const reached = new Set<ClassState>(['announced']);
  for (const state of reached) for (const next of Object.values(classMoves[state])) reached.add(next);

  expect([...reached].sort()).toEqual([...classStates].sort());
  for (const state of ['archived', 'cancelled'] as const)
    expect(Object.values(classMoves[state]).filter((next) => next !== state)).toEqual([]);
});

it('whoever a class waits for has a day, and a class that waits for nobody has none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...classStates), fc.boolean(), fc.boolean(), (state, allMarked, extended) => {
      const over = ['reported', 'archived', 'cancelled'].includes(state);
      const status = statusOfClass({ state, dueOn: over ? null : '2026-03-02', allMarked, extended });
      expect(status.waitsFor === null).toBe(over);
      expect(status.title).toMatch(/\p{Script=Han}/u);
      if (state === 'running') expect(status.waitsFor).toBe(allMarked ? 'training-approver' : 'training-preparer');
    }),
  );
});
