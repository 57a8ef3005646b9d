const msPerDay = 86_400_000;

// Shanghai has kept +08:00 without summer time since 1991; the program began in 2021.
const shanghaiOffsetMs = 8 * 3_600_000;

/** Whether the text is a day of the calendar, written YYYY-MM-DD (years 1000 to 9999). */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(time) === text;
}

/** The day that lies `count` days after the given one (before it when negative). */
export const addDays = (day: string, count: number): string => dayOf(midnight(day) + count * msPerDay);

/** How many days `to` lies after `from`: 0 for the same day, negative when it lies before. */
export const daysBetween = (from: string, to: string): number => (midnight(to) - midnight(from)) / msPerDay;

/** The day of the week: 0 is Sunday, 6 is Saturday. */
export const dayOfWeek = (day: string): number => new Date(midnight(day)).getUTCDay();

/** The civil day in Asia/Shanghai at that instant. */
export const shanghaiDay = (instant: Date): string => dayOf(instant.getTime() + shanghaiOffsetMs);

/** 24:00 of the day in Asia/Shanghai (民法典 203): what happens before this instant is in time, at it is too late. */
export const endOfDayShanghai = (day: string): Date => new Date(midnight(addDays(day, 1)) - shanghaiOffsetMs);

const dayOf = (utcMs: number) => new Date(utcMs).toISOString().slice(0, 10);

// Days are counted at midnight UTC, where no time zone of the machine can shift them.
function midnight(day: string): number {
  if (!isDay(day)) throw new RangeError(`Not a day: ${day}`);
  return Date.parse(`${day}T00:00:00Z`);
}
