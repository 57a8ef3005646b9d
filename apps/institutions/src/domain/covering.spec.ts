import { expect, it } from '@jest/globals';
import { type CoverAsk, coverOf, type DirectoryEntry } from '@shuzheng/platform';
import fc from 'fast-check';
import { entriesOn } from './covering.js';
import { organisationStates, standingOn } from './organisation-states.js';

const DAYS = 30;
const dayOf = (nth: number) => `2026-04-${String(nth).padStart(2, '0')}`;
const nth = fc.integer({ min: 1, max: DAYS });
const levels = ['junior', 'intermediate', 'senior'];

const suspensions = fc.uniqueArray(nth, { maxLength: 6 }).map((days) => {
  const sorted = [...days].sort((a, b) => a - b);
  return sorted.flatMap((from, i) =>
    i % 2 === 0
      ? [{ suspendedFrom: dayOf(from), resumedFrom: sorted[i + 1] === undefined ? null : dayOf(sorted[i + 1] ?? 0) }]
      : [],
  );
});
const entry = fc
  .record({
    role: fc.constantFrom('training', 'evaluation'),
    occupationCode: fc.constantFrom('2-02-38-01', '2-02-38-05'),
    direction: fc.constantFrom(null, '甲', '乙'),
    levels: fc.option(fc.subarray(levels, { minLength: 1 })),
    from: nth,
    length: fc.option(nth),
    suspensions,
  })
  .map(({ from, length, ...one }) => ({
    ...one,
    from: dayOf(from),
    to: length === null ? null : dayOf(Math.min(DAYS, from + length)),
  }));
const entries = fc
  .array(entry, { maxLength: 8 })
  .map((all) => all.map((one, i) => ({ ...one, entryId: `entry-${i}` })));
const standings = fc.array(fc.record({ status: fc.constantFrom(...organisationStates), from: nth.map(dayOf) }), {
  maxLength: 6,
});
const asks = fc.record({
  role: fc.constantFrom('training', 'evaluation'),
  occupationCode: fc.constantFrom('2-02-38-01', '2-02-38-05'),
  level: fc.constantFrom(...levels),
  direction: fc.constantFrom('--', '甲', '乙'),
  day: nth.map(dayOf),
});

/** Day by day, as somebody with a wall calendar would: each record is written over the days from its own on. */
function standingByCalendar(changes: readonly { status: string; from: string }[], day: string) {
  const calendar = new Map<string, string>();
  for (const { status, from } of changes)
    for (let n = 1; n <= DAYS; n++) if (dayOf(n) >= from) calendar.set(dayOf(n), status);
  return calendar.get(day) ?? 'active';
}

type Random = Omit<DirectoryEntry, 'suspendedFrom'> & {
  suspensions: { suspendedFrom: string; resumedFrom: string | null }[];
};

/** Every day on which an entry counts, one by one. */
function countsOn(one: Random, day: string) {
  const days = Array.from({ length: DAYS }, (_, i) => dayOf(i + 1)).filter(
    (each) =>
      each >= one.from &&
      (one.to === null || each <= one.to) &&
      one.suspensions.every(
        ({ suspendedFrom, resumedFrom }) => each < suspendedFrom || (resumedFrom !== null && each >= resumedFrom),
      ),
  );
  return days.includes(day);
}

it('answers for every day of every history what somebody with a wall calendar would', () => {
  fc.assert(
    fc.property(entries, standings, asks, (all, changes, asked) => {
      const ask = asked as CoverAsk;
      const cover = coverOf(entriesOn(all, ask.day), ask, standingOn(changes, ask.day));
      const covering = all.filter(
        (one) =>
          one.role === ask.role &&
          one.occupationCode === ask.occupationCode &&
          (one.levels ?? levels).includes(ask.level) &&
          [null, ask.direction].includes(one.direction) &&
          countsOn(one, ask.day),
      );
      const standing = standingByCalendar(changes, ask.day);
      expect('entryId' in cover).toBe(standing === 'active' && covering.length > 0);
      if ('entryId' in cover) expect(covering.map(({ entryId }) => entryId)).toContain(cover.entryId);
      else if (standing !== 'active') expect(cover.missing).toBe(`organisation-${standing}`);
    }),
    { numRuns: 1000 },
  );
});
