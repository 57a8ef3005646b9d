import { expect, it } from '@jest/globals';
import { isWorkday as packageSaysWorkday } from 'chinese-days';
import { seedCalendar } from './calendar-2024-2026.js';
import { isCovered, isWorkday, workdayFrom, type Calendar } from './calendar.js';
import { addDays, dayOfWeek, daysBetween } from './days.js';

const everyDay = Array.from({ length: daysBetween('2024-01-01', '2027-01-01') }, (_, n) => addDays('2024-01-01', n));

it('says of every day of 2024 to 2026 what the package says', () => {
  const different = everyDay.filter((day) => isWorkday(seedCalendar, day) !== packageSaysWorkday(day));

  expect(everyDay).toHaveLength(366 + 365 + 365);
  expect(different).toEqual([]);
});

it('holds the arrangement of 2026 as the State Council announced it', () => {
  const span = (from: string, to: string) =>
    Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => addDays(from, n));

  expect(seedCalendar.years.find(({ year }) => year === 2026)).toMatchObject({
    holidays: [
      ...span('2026-01-01', '2026-01-03'),
      ...span('2026-02-15', '2026-02-23'),
      ...span('2026-04-04', '2026-04-06'),
      ...span('2026-05-01', '2026-05-05'),
      ...span('2026-06-19', '2026-06-21'),
      ...span('2026-09-25', '2026-09-27'),
      ...span('2026-10-01', '2026-10-07'),
    ],
    makeUpWorkdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  });
});

it.each(seedCalendar.years)('lists $year in order, and makes up only on weekends', ({ holidays, makeUpWorkdays }) => {
  expect(holidays).toEqual([...new Set(holidays)].sort());
  expect(makeUpWorkdays.filter((day) => ![0, 6].includes(dayOfWeek(day)))).toEqual([]);
  expect(makeUpWorkdays.filter((day) => holidays.includes(day))).toEqual([]);
});

it('covers a year to its last day, not to its last holiday', () => {
  expect(isCovered(seedCalendar, '2026-12-31')).toBe(true);
  expect(isCovered(seedCalendar, '2027-01-01')).toBe(false);
  expect(isCovered(seedCalendar, '2023-12-31')).toBe(false);
});

it.each(['2027-01-01', '2028-05-01', '2028-05-02', '2027-10-01', '2029-10-02', '2028-10-03'])(
  'never takes the fixed statutory day %s for a working day',
  (day) => {
    expect(isWorkday(seedCalendar, day)).toBe(false);
  },
);

it('knows 2 May as a statutory day only since 2025', () => {
  expect(isWorkday({ years: [] }, '2023-05-02')).toBe(true);
  expect(isWorkday({ years: [] }, '2025-05-02')).toBe(false);
});

it('takes other weekdays beyond the table for working days, and weekends for days off', () => {
  expect(isWorkday(seedCalendar, '2027-01-04')).toBe(true);
  expect(isWorkday(seedCalendar, '2027-01-09')).toBe(false);
});

it('lets a notice reach back into the year before, as the one for 2019 did', () => {
  const source = { title: '', number: '', date: '', takenFrom: 'made up' };
  const year2027 = { year: 2027, source, coversThrough: '2027-12-31', confidence: 'G' as const };
  const calendar: Calendar = {
    years: [...seedCalendar.years, { ...year2027, holidays: ['2026-12-31'], makeUpWorkdays: ['2026-12-27'] }],
  };

  expect(isWorkday(calendar, '2026-12-31')).toBe(false);
  expect(isWorkday(calendar, '2026-12-27')).toBe(true);
});

it('finds the day itself or the next one on which people work', () => {
  expect(workdayFrom(seedCalendar, '2026-10-10')).toBe('2026-10-10');
  expect(workdayFrom(seedCalendar, '2026-10-01')).toBe('2026-10-08');
});

it('refuses what is not a day instead of guessing', () => {
  expect(() => isWorkday(seedCalendar, '2026-02-30')).toThrow(RangeError);
});
