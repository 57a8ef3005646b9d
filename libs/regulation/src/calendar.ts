import type { Confidence } from './confidence.js';
import { addDays, dayOfWeek, isDay } from './days.js';

/** The State Council's arrangement of one year; all days are YYYY-MM-DD. */
export interface CalendarYear {
  year: number;
  /** The notice: its title, document number and date, each empty while unknown; and where the days were taken from. */
  source: { title: string; number: string; date: string; takenFrom: string };
  /** Known from 1 January to this day; normally 31 December, whatever the last holiday of the list is. */
  coversThrough: string;
  /** Days off, weekends inside a holiday included. May reach into a neighboring year, as the notice for 2019 did. */
  holidays: readonly string[];
  /** 调休上班: weekend days on which people work. */
  makeUpWorkdays: readonly string[];
  confidence: Confidence;
}

/** The holiday table as a value: the years that have been loaded, in any order. */
export interface Calendar {
  years: readonly CalendarYear[];
}

// Off in every year, whatever the arrangement (全国年节及纪念日放假办法; 2 May since the amendment for 2025).
const fixedHolidays: Record<string, string> = {
  '01-01': '2000-01-01',
  '05-01': '2000-01-01',
  '05-02': '2025-01-01',
  '10-01': '2000-01-01',
  '10-02': '2000-01-01',
  '10-03': '2000-01-01',
};

/** Whether a loaded notice speaks about that day. A deadline that rests on any other day is 暂定. */
export const isCovered = (calendar: Calendar, day: string): boolean =>
  calendar.years.some(({ year, coversThrough }) => day >= `${year}-01-01` && day <= coversThrough);

/**
 * Whether people work on that day. Beyond the loaded years this is a guess: weekends and the fixed statutory days are
 * off. The arrangement may still take more days off, or have people work on a weekend.
 */
export function isWorkday(calendar: Calendar, day: string): boolean {
  if (!isDay(day)) throw new RangeError(`Not a day: ${day}`);
  if (calendar.years.some(({ makeUpWorkdays }) => makeUpWorkdays.includes(day))) return true;
  if (calendar.years.some(({ holidays }) => holidays.includes(day))) return false;
  if (isWeekend(day)) return false;
  return isCovered(calendar, day) || !isFixedHoliday(day);
}

/** The day itself when people work on it, else the next one on which they do. */
export function workdayFrom(calendar: Calendar, day: string): string {
  let found = day;
  while (!isWorkday(calendar, found)) found = addDays(found, 1);
  return found;
}

const isWeekend = (day: string) => [0, 6].includes(dayOfWeek(day));

function isFixedHoliday(day: string): boolean {
  const since = fixedHolidays[day.slice(5)];
  return since !== undefined && day >= since;
}
