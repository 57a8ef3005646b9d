import { broken, type Rules } from '@shuzheng/platform/rules';
import { addDays } from '@shuzheng/regulation';
import { type ClassState, faultsOfMove, mayMove } from './class-states.js';

export interface OpeningFacts {
  readonly startsOn: string;
  readonly endsOn: string;
  /** The plan as it stands on file; null when it was never filed. */
  readonly plan: { readonly startsOn: string; readonly endsOn: string } | null;
  readonly announced: boolean;
}

const rules = {
  'plan-not-filed': ({ plan }) => plan === null,
  'announcement-missing': ({ announced }) => !announced,
  'dates-order': ({ startsOn, endsOn }) => endsOn < startsOn,
  'class-outside-plan-dates': ({ plan, startsOn, endsOn }) =>
    plan !== null && (startsOn < plan.startsOn || plan.endsOn < endsOn),
} satisfies Rules<OpeningFacts>;

/** The rules that opening this class would break, besides the directory's on its first day. */
export const reasonsNotToOpen = (facts: OpeningFacts) => broken(rules, facts);

export interface StartingFacts {
  readonly state: ClassState;
  readonly startsOn: string;
  readonly today: string;
  readonly enrolled: number;
}

const startRules = {
  // Nobody is in a class that is only announced: that is said in other words.
  'class-not-enrolling': ({ state }) => state !== 'announced' && !mayMove(state, 'start'),
  'class-starts-later': ({ startsOn, today }) => today < startsOn,
  'roster-empty': ({ state, enrolled }) => state === 'announced' || enrolled === 0,
} satisfies Rules<StartingFacts>;

/** The rules that starting this class now would break. */
export const reasonsNotToStart = (facts: StartingFacts) => broken(startRules, facts);

export interface ReschedulingFacts extends OpeningFacts {
  readonly state: ClassState;
  readonly today: string;
  /** The first day as it stands, and how many days before it the office asks to be told; null where it has set nothing. */
  readonly current: { readonly startsOn: string; readonly endsOn: string };
  readonly noticeDays: number | null;
  /** Learners who sit in another class on the new days. */
  readonly overlapping: number;
}

const rescheduleRules = {
  'dates-order': ({ startsOn, endsOn }) => endsOn < startsOn,
  'dates-unchanged': ({ current, startsOn, endsOn }) => current.startsOn === startsOn && current.endsOn === endsOn,
  'class-outside-plan-dates': ({ plan, startsOn, endsOn }) =>
    plan !== null && (startsOn < plan.startsOn || plan.endsOn < endsOn),
  'first-day-passed': ({ startsOn, today }) => startsOn < today,
  'reschedule-notice-short': ({ noticeDays, today, current }) =>
    noticeDays !== null && current.startsOn < addDays(today, noticeDays),
  'reschedule-overlaps': ({ overlapping }) => overlapping > 0,
} satisfies Rules<ReschedulingFacts>;

/** The rules that giving this class other dates would break, besides the directory's on the new first day. */
export const reasonsNotToReschedule = (facts: ReschedulingFacts): string[] => [
  ...faultsOfMove(facts.state, 'reschedule'),
  ...broken(rescheduleRules, facts),
];
