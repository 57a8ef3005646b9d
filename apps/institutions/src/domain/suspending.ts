import { broken, type Rules } from '@shuzheng/platform/rules';
import { afterAct, entryStateOf } from './entry-states.js';

/** The part of an entry that suspending, resuming and changing its dates depend on. */
export interface EntryFacts {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly suspendedFrom: string | null;
}

export interface SuspendingFacts extends EntryFacts {
  /** The first day on which the entry shall no longer cover anything. */
  readonly from: string;
}

const rules = {
  'entry-suspended': ({ suspendedFrom }) => afterAct('suspend', entryStateOf(suspendedFrom)) === undefined,
  'suspension-outside-entry': ({ from, validFrom, validTo }) =>
    from < validFrom || (validTo !== null && validTo < from),
} satisfies Rules<SuspendingFacts>;

/** The rules a suspension would break. */
export const reasonsNotToSuspend = (facts: SuspendingFacts) => broken(rules, facts);

export interface ResumingFacts extends EntryFacts {
  /** The first day on which the entry shall count again. */
  readonly from: string;
  readonly today: string;
  /** Another entry about the same took its place meanwhile. */
  readonly overlaps: boolean;
}

const resumeRules = {
  'entry-not-suspended': ({ suspendedFrom }) => afterAct('resume', entryStateOf(suspendedFrom)) === undefined,
  'resumption-before-suspension': ({ suspendedFrom, from }) => suspendedFrom !== null && from < suspendedFrom,
  // Until it ends the suspension must be seen by all; one that has not begun may be taken back from its first day.
  'resumption-ahead': ({ suspendedFrom, from, today }) =>
    suspendedFrom !== null && from > (suspendedFrom > today ? suspendedFrom : today),
  'resumption-outside-entry': ({ validTo, from }) => validTo !== null && validTo < from,
  'directory-entry-overlaps': ({ overlaps }) => overlaps,
} satisfies Rules<ResumingFacts>;

/** The rules that resuming would break. */
export const reasonsNotToResume = (facts: ResumingFacts) => broken(resumeRules, facts);

export interface DatesFacts extends EntryFacts {
  /** The last day it shall cover; null: no end is known. */
  readonly to: string | null;
  readonly today: string;
  readonly retroactiveBasis?: string;
  readonly overlaps: boolean;
  readonly ended: boolean;
}

const datesRules = {
  'organisation-is-ended': ({ ended }) => ended,
  'entry-dates-unchanged': ({ to, validTo }) => to === validTo,
  'dates-order': ({ to, validFrom }) => to !== null && to < validFrom,
  'entry-end-backdated': ({ to, today, retroactiveBasis }) =>
    to !== null && to < today && retroactiveBasis === undefined,
  'entry-ends-before-suspension': ({ to, suspendedFrom }) =>
    to !== null && suspendedFrom !== null && to < suspendedFrom,
  'directory-entry-overlaps': ({ overlaps }) => overlaps,
} satisfies Rules<DatesFacts>;

/** The rules that another last day would break. */
export const reasonsNotToChangeDates = (facts: DatesFacts) => broken(datesRules, facts);
