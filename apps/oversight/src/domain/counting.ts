import {
  addDays,
  type Calendar,
  daysBetween,
  dueAfterWorkingDays,
  dueOf,
  isCovered,
  type StatutoryClock,
  workdayFrom,
  workingDaysLeft,
} from '@shuzheng/regulation';

/** What the office has set for a clock, in the order in which it was set. A pause without an end lasts. */
export type OfficeSetting =
  | { readonly kind: 'pause'; readonly from: string; readonly to: string | null; readonly addsDays: boolean }
  | { readonly kind: 'extension'; readonly to: string };

export interface Counted {
  readonly rule: Pick<StatutoryClock, 'n' | 'unit'>;
  readonly day0: string;
  /** How many days it runs: the rule's, or what an earlier part has left of them. */
  readonly n: number;
  readonly stoppedOn: string | null;
  readonly settings: readonly OfficeSetting[];
}

export interface CountedDue {
  readonly raw: string;
  /** By the rule alone. */
  readonly statutory: string;
  /** With what the office has set: only after this day is it late. */
  readonly effective: string;
  readonly provisional: boolean;
  readonly pausedOn: string | null;
}

/** When a clock is due by the rule, and when with what the office has set. */
export function dueUnderSettings({ rule, day0, n, stoppedOn, settings }: Counted, calendar: Calendar): CountedDue {
  const { raw, effective: statutory, provisional } = dueOf({ n, unit: rule.unit }, calendar, day0);
  let effective = statutory;
  let pausedOn: string | null = null;
  for (const setting of settings) {
    if (setting.kind === 'extension') {
      if (setting.to > effective) effective = setting.to;
      continue;
    }
    const end = setting.to ?? stoppedOn;
    if (end === null) pausedOn = setting.from;
    else if (setting.addsDays)
      effective = later(effective, pausedDays(rule, setting.from, end, calendar), rule, calendar);
  }
  return { raw, statutory, effective, provisional: provisional || !isCovered(calendar, effective), pausedOn };
}

/** The days from the pause's first to the day before it ended, in the clock's own unit. */
function pausedDays({ unit }: Pick<StatutoryClock, 'unit'>, from: string, to: string, calendar: Calendar): number {
  if (to <= from) return 0;
  return unit === 'day' ? daysBetween(from, to) : workingDaysLeft(calendar, addDays(from, -1), addDays(to, -1));
}

function later(due: string, days: number, { unit }: Pick<StatutoryClock, 'unit'>, calendar: Calendar): string {
  if (days <= 0) return due;
  return unit === 'day'
    ? workdayFrom(calendar, addDays(due, days))
    : dueAfterWorkingDays(calendar, due, days).effective;
}

/** What the part before has used of its days until it was returned, less what it stood still. */
export interface EarlierPart {
  readonly day0: string;
  readonly n: number;
  readonly until: string | null;
  readonly settings: readonly OfficeSetting[];
}

/** How many working days a returned part goes on with. At least one: a period of none could not be kept by anybody. */
export function daysLeftOver({ day0, n, until, settings }: EarlierPart, calendar: Calendar): number {
  if (until === null || until <= day0) return n;
  const paused = settings.map((setting) => {
    if (setting.kind === 'extension' || !setting.addsDays || setting.from > until) return 0;
    const end = setting.to !== null && setting.to < until ? setting.to : until;
    return pausedDays({ unit: 'working-day' }, setting.from, end, calendar);
  });
  const used = workingDaysLeft(calendar, day0, until) - paused.reduce((sum, days) => sum + days, 0);
  return Math.max(1, n - Math.max(0, used));
}
