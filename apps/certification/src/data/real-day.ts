import { Invalid } from '@shuzheng/platform';
import { isDay } from '@shuzheng/regulation';

/** A day that looks like one may still not be in the calendar, such as 30 February. */
export function realDay(field: string, day: string): string {
  if (!isDay(day)) throw new Invalid([{ field, check: 'matches' }]);
  return day;
}
