import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { marksOf, scoreFaults } from './marking.js';

const passMarks = { theory: 60, ability: 60, maximum: 100 };
const sat = { theory: 60, ability: 60, absent: false, violation: false };

it.each([
  ['both just reached', {}, 'passed'],
  ['theory a tenth short', { theory: 59.9 }, 'failed'],
  ['ability a tenth short', { ability: '59.9' }, 'failed'],
  ['one excellent, one failed', { theory: 100, ability: 40 }, 'failed'],
  ['stayed away', { theory: null, ability: null, absent: true }, 'absent'],
  ['broke the rules', { violation: true }, 'violation'],
])('%s', (_, change, outcome) => {
  expect(scoreFaults({ ...sat, ...change }, passMarks)).toEqual([]);
  expect(marksOf({ ...sat, ...change }, passMarks).outcome).toBe(outcome);
});

it.each([
  ['score-range', { theory: 100.1 }],
  ['score-range', { theory: -1 }],
  ['score-not-number', { theory: '八十' }],
  ['score-not-number', { theory: 60.25 }],
  ['score-not-number', { theory: '1e2' }],
  ['score-not-number', { theory: { toString: 1 } }],
  ['score-missing', { theory: null }],
  ['score-missing', { theory: '' }],
  ['absent-with-scores', { absent: true }],
])('refuses with %s', (rule, change) => {
  expect(scoreFaults({ ...sat, ...change }, passMarks)).toEqual([{ paper: 'theory', rule }]);
});

it('reads digits that were typed full-width', () => {
  expect(marksOf({ ...sat, theory: '７７．５' }, passMarks)).toMatchObject({ theory: 77.5 });
});

it('passes nobody who fails a paper, whatever the other says', () => {
  const mark = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);
  fc.assert(
    fc.property(mark, mark, (theory, ability) => {
      const { outcome } = marksOf({ ...sat, theory, ability }, passMarks);
      return (outcome === 'passed') === Math.min(theory, ability) >= 60;
    }),
  );
});
