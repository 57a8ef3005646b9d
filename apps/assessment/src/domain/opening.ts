import { broken, type Rules } from '@shuzheng/platform/rules';
import { firstPaperOn, lastPaperOn, type Papers } from './subject.js';

/** A place on record, and how many may still sit there on each day of the exam; null where none was named. */
export interface SiteFacts {
  readonly known: boolean;
  readonly open: boolean;
  /** On the day that leaves fewest. */
  readonly free: number;
}

/** All that the days, the place and the seats of a session depend on. */
export interface SettingFacts {
  readonly plan: { readonly examFrom: string; readonly examTo: string };
  readonly papers: Papers;
  readonly seats: number;
  readonly site: SiteFacts | null;
  readonly coverFaults: readonly string[];
}

/** All that opening a session depends on. */
export interface OpeningFacts extends SettingFacts {
  readonly plan: SettingFacts['plan'] & { readonly filed: boolean; readonly withdrawn: boolean };
  /** From when on applications are taken; null: at once. */
  readonly opensOn: string | null;
}

const setting = {
  'outside-plan-dates': ({ plan, papers }) => firstPaperOn(papers) < plan.examFrom || lastPaperOn(papers) > plan.examTo,
  'site-unknown': ({ site }) => site !== null && !site.known,
  'site-not-open': ({ site }) => site !== null && site.known && !site.open,
  'site-full': ({ site, seats }) => site !== null && site.known && seats > site.free,
} satisfies Rules<SettingFacts>;

const rules = {
  'plan-not-filed': ({ plan }) => !plan.filed,
  'plan-withdrawn': ({ plan }) => plan.withdrawn,
  'opens-too-late': ({ opensOn, papers }) => opensOn !== null && opensOn > firstPaperOn(papers),
} satisfies Rules<OpeningFacts>;

const reasonsNotToSet = (facts: SettingFacts) => [...broken(setting, facts), ...facts.coverFaults];

/** The rules a new session would break. */
export const reasonsNotToOpen = (facts: OpeningFacts) => [...broken(rules, facts), ...reasonsNotToSet(facts)];

/** All that changing a session depends on. */
export interface ReschedulingFacts extends SettingFacts {
  readonly state: string;
  readonly begun: boolean;
  readonly taken: number;
  readonly inPast: boolean;
}

const rescheduling = {
  'session-not-open': ({ state }) => state !== 'open' && state !== 'planned',
  'exam-begun': ({ begun, state }) => begun && (state === 'open' || state === 'planned'),
  'exam-in-past': ({ inPast }) => inPast,
  'seats-below-taken': ({ seats, taken }) => seats < taken,
} satisfies Rules<ReschedulingFacts>;

/** The rules that other days, another place or other seats would break. */
export const reasonsNotToReschedule = (facts: ReschedulingFacts) => [
  ...broken(rescheduling, facts),
  ...reasonsNotToSet(facts),
];
