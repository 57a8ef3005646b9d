import { broken, type Rules } from '@shuzheng/platform/rules';
import { dayOfWeek, isDay } from '@shuzheng/regulation';

/** All that deciding on a year's table depends on. */
export interface PublishingFacts {
  readonly year: number;
  readonly coversThrough: string;
  readonly holidays: readonly string[];
  readonly makeUpWorkdays: readonly string[];
  readonly sourceTitle: string;
}

const daysOf = ({ holidays, makeUpWorkdays }: PublishingFacts) => [...holidays, ...makeUpWorkdays];
const isWeekend = (day: string) => [0, 6].includes(dayOfWeek(day));

const rules = {
  'calendar-day-unreal': (facts) => [facts.coversThrough, ...daysOf(facts)].some((day) => !isDay(day)),
  'calendar-coverage-outside-year': ({ year, coversThrough }) => !coversThrough.startsWith(`${year}-`),
  // The notice for 2019 reached into the year before: a holiday around 1 January may.
  'calendar-day-outside-year': (facts) =>
    daysOf(facts).some((day) => day < `${facts.year - 1}-12-01` || day > `${facts.year + 1}-01-31`),
  'calendar-day-twice': (facts) => new Set(daysOf(facts)).size < daysOf(facts).length,
  'make-up-day-not-weekend': ({ makeUpWorkdays }) => makeUpWorkdays.some((day) => isDay(day) && !isWeekend(day)),
  'calendar-source-missing': ({ sourceTitle }) => sourceTitle.trim() === '',
} satisfies Rules<PublishingFacts>;

/** The rules a year's table would break. */
export const reasonsNotToPublish = (facts: PublishingFacts) => broken(rules, facts);

export const calendarReasons = Object.keys(rules);
