import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seedCalendar } from './calendar-2024-2026.js';
import { isCovered, isWorkday } from './calendar.js';
import { daysLeft, dueAfterDays, dueAfterWorkingDays, workingDaysLeft } from './clocks.js';
import { addDays, daysBetween } from './days.js';

const aDay = fc.integer({ min: 0, max: 1460 }).map((offset) => addDays('2024-01-01', offset));
const aCount = fc.integer({ min: 1, max: 60 });
const kinds = [dueAfterDays, dueAfterWorkingDays];

it.each([
  ['2026-01-02', '2026-02-01', '2026-02-02', 'from a Sunday'],
  ['2026-01-16', '2026-02-15', '2026-02-24', 'from the first day of 春节'],
  ['2026-09-01', '2026-10-01', '2026-10-08', 'from the first day of 国庆'],
  ['2026-09-10', '2026-10-10', '2026-10-10', 'not at all from a Saturday on which people work'],
])('30 days after %s end on %s and roll to %s: %s', (day0, raw, effective) => {
  expect(dueAfterDays(seedCalendar, day0, 30)).toEqual({ raw, effective, provisional: false });
});

it.each([
  ['2026-02-06', '2026-02-27', '2026-02-14'],
  ['2026-09-18', '2026-10-09', '2026-09-20'],
  ['2026-04-27', '2026-05-13', '2026-05-09'],
])('10 working days after %s end on %s, and %s counts', (day0, due, madeUp) => {
  const answer = dueAfterWorkingDays(seedCalendar, day0, 10);

  expect(answer).toMatchObject({ raw: due, effective: due, provisional: false });
  expect(answer.countedDays).toHaveLength(10);
  expect(answer.countedDays).toContain(madeUp);
});

it('gives provisional dates, clear of the fixed statutory days, where no notice has been loaded', () => {
  expect(dueAfterWorkingDays(seedCalendar, '2026-12-25', 10)).toMatchObject({ raw: '2027-01-11', provisional: true });
  expect(dueAfterDays(seedCalendar, '2026-12-02', 30)).toEqual({
    raw: '2027-01-01',
    effective: '2027-01-04',
    provisional: true,
  });
  expect(dueAfterDays(seedCalendar, '2026-12-01', 30)).toMatchObject({ effective: '2026-12-31', provisional: false });
});

it('is due on a working day, never before the raw day, and provisional as soon as it lies beyond the table', () => {
  fc.assert(
    fc.property(aDay, aCount, fc.constantFrom(...kinds), (day0, count, dueAfter) => {
      const { raw, effective, provisional } = dueAfter(seedCalendar, day0, count);
      expect(isWorkday(seedCalendar, effective)).toBe(true);
      expect(raw > day0 && effective >= raw).toBe(true);
      expect(provisional || isCovered(seedCalendar, effective)).toBe(true);
    }),
  );
});

it('is never due earlier for starting later or taking longer', () => {
  fc.assert(
    fc.property(aDay, aCount, fc.constantFrom(...kinds), (day0, count, dueAfter) => {
      const { effective } = dueAfter(seedCalendar, day0, count);
      expect(dueAfter(seedCalendar, addDays(day0, 1), count).effective >= effective).toBe(true);
      expect(dueAfter(seedCalendar, day0, count + 1).effective >= effective).toBe(true);
    }),
  );
});

it('has as many working days left on day 0 as the period has, and as many calendar days to its raw day', () => {
  fc.assert(
    fc.property(aDay, aCount, (day0, count) => {
      expect(workingDaysLeft(seedCalendar, day0, dueAfterWorkingDays(seedCalendar, day0, count).effective)).toBe(count);
      expect(daysLeft(day0, dueAfterDays(seedCalendar, day0, count).raw)).toBe(count);
    }),
  );
});

it('counts the days gone by as negative', () => {
  expect(workingDaysLeft(seedCalendar, '2026-10-09', '2026-09-30')).toBe(-2);
  expect(daysLeft('2026-10-09', '2026-09-30')).toBe(-9);
  expect(workingDaysLeft(seedCalendar, '2026-10-09', '2026-10-09')).toBe(0);
});

it('counts working days as the difference of two days does, less the days off', () => {
  fc.assert(
    fc.property(aDay, aCount, (day, count) => {
      const end = addDays(day, count);
      const off = Array.from({ length: count }, (_, n) => addDays(day, n + 1)).filter(
        (each) => !isWorkday(seedCalendar, each),
      );
      expect(workingDaysLeft(seedCalendar, day, end)).toBe(daysBetween(day, end) - off.length);
    }),
  );
});

it.each([0, -1, 1.5, Number.NaN])('refuses a period of %s days', (count) => {
  for (const dueAfter of kinds) expect(() => dueAfter(seedCalendar, '2026-01-05', count)).toThrow(RangeError);
});
