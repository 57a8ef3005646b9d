import { isCovered, isWorkday, workdayFrom, type Calendar } from './calendar.js';
import { addDays, daysBetween } from './days.js';

/** When something is due. Days are YYYY-MM-DD in Asia/Shanghai and end at 24:00. */
export interface Due {
  /** The last day of the period as counted. */
  raw: string;
  /** The raw day, moved to the next working day if nobody works on it (民法典 203). Only after this day is it late. */
  effective: string;
  /** 暂定: the date rests on a day that no loaded notice covers, and may move, either way, when the year is loaded. */
  provisional: boolean;
  /** For working days: the days that were counted, in order. */
  countedDays?: readonly string[];
}

/** The end of `count` calendar days after `day0`, which itself is not counted (民法典 201). */
export function dueAfterDays(calendar: Calendar, day0: string, count: number): Due {
  mustBeWhole(count);
  const raw = addDays(day0, count);
  const effective = workdayFrom(calendar, raw);
  return { raw, effective, provisional: restsOnUncovered(calendar, raw, effective) };
}

/** The end of `count` working days (工作日) after `day0`, which itself is not counted. */
export function dueAfterWorkingDays(calendar: Calendar, day0: string, count: number): Due {
  mustBeWhole(count);
  const countedDays: string[] = [];
  let day = day0;
  while (countedDays.length < count) {
    day = workdayFrom(calendar, addDays(day, 1));
    countedDays.push(day);
  }
  return { raw: day, effective: day, provisional: restsOnUncovered(calendar, addDays(day0, 1), day), countedDays };
}

/** Calendar days from today until the due day: 0 on the day itself, negative when it has passed. */
export const daysLeft = (today: string, dueDay: string): number => daysBetween(today, dueDay);

/** Working days after today up to the due day: 0 on the day itself, negative by the working days gone by since. */
export function workingDaysLeft(calendar: Calendar, today: string, dueDay: string): number {
  if (dueDay < today) return 0 - workdaysAfter(calendar, dueDay, today);
  return workdaysAfter(calendar, today, dueDay);
}

function workdaysAfter(calendar: Calendar, from: string, to: string): number {
  return daysUpTo(addDays(from, 1), to).filter((day) => isWorkday(calendar, day)).length;
}

const restsOnUncovered = (calendar: Calendar, from: string, to: string) =>
  daysUpTo(from, to).some((day) => !isCovered(calendar, day));

const daysUpTo = (from: string, to: string) =>
  Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index));

// A period of none or of half days is a fault in a rule record, and no deadline should be made from it.
function mustBeWhole(count: number): void {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`Not a number of days: ${count}`);
}
