import { broken, type Rules } from '@shuzheng/platform/rules';
import { type Calendar, dueOf, statutoryClockOn } from '@shuzheng/regulation';

/** All that filing a session's result report depends on. */
export interface ReportingFacts {
  readonly state: string;
  /** Candidates who may have sat and have no result at all: somebody who stayed away is recorded as absent. */
  readonly missing: number;
  /** Results that are recorded and not yet released. */
  readonly unreleased: number;
  /** What a part after the first would carry. */
  readonly rows: number;
  /** Results an objection stands against. */
  readonly held: number;
  /** 省厅设定: a report waits for its objections. Otherwise it leaves those results for a later part. */
  readonly waitsForHeld: boolean;
  readonly numbersTaken: boolean;
  readonly numbersUnknown: boolean;
}

const rules = {
  'already-reported': ({ state, rows, unreleased }) => state === 'reported' && rows === 0 && unreleased === 0,
  'results-not-released': ({ state, unreleased }) => unreleased > 0 || (state !== 'reported' && state !== 'released'),
  'results-missing': ({ missing }) => missing > 0,
  'results-held': ({ held, waitsForHeld }) => waitsForHeld && held > 0,
  'certificate-number-repeated': ({ numbersTaken }) => numbersTaken,
  'result-unknown': ({ numbersUnknown }) => numbersUnknown,
} satisfies Rules<ReportingFacts>;

/** The rules that filing the report would break. */
export const reasonsNotToReport = (facts: ReportingFacts) => broken(rules, facts);

/** Until when the report may be filed: the statutory day, or the later one that the office has given the session. */
export function reportDue(calendar: Calendar, lastPaper: string, extendedTo: string | null = null) {
  const clock = statutoryClockOn('result-report', lastPaper);
  if (!clock) throw new RangeError('no time limit was in force on the day of the last paper');
  const { raw, effective, provisional } = dueOf(clock, calendar, lastPaper);
  if (extendedTo !== null) return { dueOn: raw, effectiveDueOn: extendedTo, provisional: false };
  return { dueOn: raw, effectiveDueOn: effective, provisional };
}

/** Is today still in time? Being late is judged by the effective day. */
export function timeliness(calendar: Calendar, lastPaper: string, today: string, extendedTo: string | null = null) {
  const due = reportDue(calendar, lastPaper, extendedTo);
  return { ...due, onTime: today <= due.effectiveDueOn };
}
