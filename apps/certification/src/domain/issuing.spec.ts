import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ApprovedRow, type IssuingFacts, reasonsNotToIssue, sortOut } from './issuing.js';

const ready: IssuingFacts = {
  ...{ approvedOn: ['2026-03-02'], waiting: 0, nationallyReturned: 0 },
  ...{ awardedOn: '2026-03-02', today: '2026-03-02' },
};

it('issues on the very day of the approval', () => {
  expect(reasonsNotToIssue(ready)).toEqual([]);
});

it.each([
  ['not-national-approved', { approvedOn: [], waiting: 1 }],
  ['nothing-approved', { approvedOn: [] }],
  ['national-return-open', { nationallyReturned: 1 }],
  ['award-before-approval', { awardedOn: '2026-03-01' }],
  ['award-in-future', { awardedOn: '2026-03-03' }],
])('refuses with %s', (reason, change) => {
  expect(reasonsNotToIssue({ ...ready, ...change })).toEqual([reason]);
});

const few = (name: string) => fc.integer({ min: 1, max: 4 }).map((n) => `${name} ${n}`);
const rows: fc.Arbitrary<ApprovedRow[]> = fc
  .array(
    fc.record({
      personId: few('person'),
      resultId: few('result'),
      certificateNumber: fc.option(few('number'), { nil: null }),
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map((row, i) => ({ rowId: `row ${i}`, ...row })));
const someOf = (name: string) => fc.array(few(name), { maxLength: 2 }).map((all) => new Set(all));
const standings = fc.record({
  persons: someOf('person'),
  results: someOf('result'),
  certificateNumbers: someOf('number'),
});

it('never numbers a person, a result or an issuer’s number twice, and loses no row', () => {
  fc.assert(
    fc.property(rows, standings, (all, standing) => {
      const { free, held } = sortOut(all, standing);

      const numbers = free.flatMap(({ certificateNumber }) => certificateNumber ?? []);
      const taken: [string[], ReadonlySet<string>][] = [
        [free.map(({ personId }) => personId), standing.persons],
        [free.map(({ resultId }) => resultId), standing.results],
        [numbers, standing.certificateNumbers],
      ];
      for (const [given, before] of taken) {
        expect(new Set(given).size).toBe(given.length);
        expect(given.some((one) => before.has(one))).toBe(false);
      }
      expect([...free, ...held].map(({ rowId }) => rowId).sort()).toEqual(all.map(({ rowId }) => rowId).sort());
    }),
  );
});
