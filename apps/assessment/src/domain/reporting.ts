import { broken, type Rules } from '@shuzheng/platform/rules';
import { type Calendar, dueOf, statutoryClockOn } from '@shuzheng/regulation';

/** All that filing a session's result report depends on. */
export interface ReportingFacts {
  readonly state: string;
  /** Candidates who may have sat and have no result at all: somebody who stayed away is recorded as absent. */
  readonly missing: number;
  /** Results that are recorded and not yet released. */
  readonly unreleased: number;
  readonly numbersTaken: boolean;
  readonly numbersUnknown: boolean;
}

const rules = {
  'already-reported': ({ state }) => state === 'reported',
  'results-not-released': ({ state, unreleased }) => state !== 'reported' && (state !== 'released' || unreleased > 0),
  'results-missing': ({ missing }) => missing > 0,
  'certificate-number-repeated': ({ numbersTaken }) => numbersTaken,
  'result-unknown': ({ numbersUnknown }) => numbersUnknown,
} satisfies Rules<ReportingFacts>;

/** The rules that filing the report would break. */
export const reasonsNotToReport = (facts: ReportingFacts) => broken(rules, facts);

/** Until when the report may be filed, and whether today is still in time: being late is judged by the effective day. */
export function timeliness(calendar: Calendar, lastPaper: string, today: string) {
  const clock = statutoryClockOn('result-report', lastPaper);
  if (!clock) throw new RangeError('no time limit was in force on the day of the last paper');
  const { raw, effective, provisional } = dueOf(clock, calendar, lastPaper);
  return { dueOn: raw, effectiveDueOn: effective, provisional, onTime: today <= effective };
}
