import type { RuleRecords } from '@shuzheng/platform';
import { type Calendar, dueAfterDays, dueAfterWorkingDays } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';

/** A number of days, of one kind or the other, as the office has set it. */
export interface Days {
  readonly days?: number;
  readonly workingDays?: number;
}

/** What the office has set for the programme on that day; undefined is 待核实. */
export async function settingOn<Value extends object>(
  rules: RuleRecords,
  tx: EntityManager,
  rule: string,
  day: string,
) {
  const record = await rules.find<Value>(tx, { rule, scope: 'programme', day });
  return record?.value ?? undefined;
}

/** The last day of so many days after `day0`; null where nobody has set how many. */
export function lastDayOf(calendar: Calendar, day0: string, { days, workingDays }: Days = {}): string | null {
  if (workingDays !== undefined) return dueAfterWorkingDays(calendar, day0, workingDays).effective;
  return days === undefined ? null : dueAfterDays(calendar, day0, days).effective;
}
