import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, dayOfWeek, daysBetween, endOfDayShanghai, isDay, shanghaiDay } from './days.js';

const aDay = fc.integer({ min: -10_000, max: 30_000 }).map((offset) => addDays('2000-01-01', offset));

it.each(['2024-02-29', '2000-02-29', '1900-02-28', '2026-12-31'])('takes %s for a day', (text) => {
  expect(isDay(text)).toBe(true);
});

it.each([
  '2026-02-29',
  '1900-02-29',
  '2026-02-30',
  '2026-13-01',
  '2026-00-10',
  '0000-00-00',
  '2026-1-5',
  '20260105',
  '',
])('does not take “%s” for a day', (text) => {
  expect(isDay(text)).toBe(false);
});

it('changes the day at midnight in Shanghai, not in Greenwich', () => {
  expect(shanghaiDay(new Date('2026-09-30T15:59:59.999Z'))).toBe('2026-09-30');
  expect(shanghaiDay(new Date('2026-09-30T16:00:00.000Z'))).toBe('2026-10-01');
});

it('ends a day at 24:00, the first instant of the next', () => {
  expect(endOfDayShanghai('2026-12-31').toISOString()).toBe('2026-12-31T16:00:00.000Z');
});

it('puts every last millisecond into its day and the end of the day into the next', () => {
  fc.assert(
    fc.property(aDay, (day) => {
      const end = endOfDayShanghai(day);
      expect(shanghaiDay(new Date(end.getTime() - 1))).toBe(day);
      expect(shanghaiDay(end)).toBe(addDays(day, 1));
    }),
  );
});

it('counts the days it added, and keeps the week going', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
      const other = addDays(day, count);
      expect(isDay(other)).toBe(true);
      expect(daysBetween(day, other)).toBe(count);
      expect(dayOfWeek(addDays(day, 1))).toBe((dayOfWeek(day) + 1) % 7);
    }),
  );
});

it('refuses to count from what is not a day', () => {
  expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
});
