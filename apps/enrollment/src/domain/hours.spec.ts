import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shortOf, totalOf } from './hours.js';

const some = { onlineTheory: 10, onlinePractice: 0, offlineTheory: 20, offlinePractice: 8, carried: 2 };

it('judges nobody by hours that are not known', () => {
  expect(shortOf(null, some)).toBeNull();
  expect(shortOf({}, some)).toEqual([]);
});

it.each([
  [{ total: 40 }, []],
  [{ total: 40.5 }, ['total']],
  [{ theory: 32, practice: 10 }, []],
  [{ theory: 33, practice: 11 }, ['theory', 'practice']],
  [{ offline: 31, onlineMaximum: 9 }, ['offline', 'online-maximum']],
])('by %j this learner is short of %j', (standard, short) => {
  expect(shortOf(standard, some)).toEqual(short);
});

it('an hour more never makes anybody shorter of a minimum', () => {
  const hours = fc.record({
    onlineTheory: fc.nat(200),
    onlinePractice: fc.nat(200),
    offlineTheory: fc.nat(200),
    offlinePractice: fc.nat(200),
    carried: fc.nat(50),
  });
  const standard = fc.record({ total: fc.nat(500), theory: fc.nat(300), practice: fc.nat(300), offline: fc.nat(300) });
  fc.assert(
    fc.property(hours, standard, (had, wanted) => {
      const more = { ...had, offlinePractice: had.offlinePractice + 1 };
      expect(totalOf(more)).toBe(totalOf(had) + 1);
      expect(shortOf(wanted, had)).toEqual(expect.arrayContaining(shortOf(wanted, more) ?? []));
    }),
  );
});
