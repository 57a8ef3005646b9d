import { type ClassState, faultsOfMove } from './class-states.js';
import { type Calendar, dueOf, type StatutoryClock, statutoryClockOn } from '@shuzheng/regulation';

export interface ReportDue {
  readonly dueOn: string;
  readonly effectiveDueOn: string;
  readonly provisional: boolean;
  readonly onTime: boolean;
  /** The office has given another day, and that one is in effect. */
  readonly extended: boolean;
  readonly clock: StatutoryClock;
}

/** 培训结业 30 日: by which day the training report is due, and whether the day it is filed on is in time. */
export function judgeReport(
  calendar: Calendar,
  completedOn: string,
  filedOn: string,
  extendedTo: string | null = null,
): ReportDue {
  const clock = statutoryClockOn('training-report', completedOn);
  if (!clock) throw new RangeError(`no time limit was in force on ${completedOn}`);
  const { raw, effective, provisional } = dueOf(clock, calendar, completedOn);
  const extended = extendedTo !== null && effective < extendedTo;
  const effectiveDueOn = extended ? extendedTo : effective;
  return { dueOn: raw, effectiveDueOn, provisional, onTime: filedOn <= effectiveDueOn, extended, clock };
}

/** The rules that filing the report now would break; `confirmed`: the figures are still those that somebody has seen. */
export const reasonsNotToReport = (state: ClassState, confirmed: boolean): string[] => [
  ...(state === 'reported' || state === 'archived' ? ['already-reported'] : faultsOfMove(state, 'report')),
  ...(confirmed ? [] : ['figures-changed']),
];

/** The rules that putting a report right now would break. */
export const reasonsNotToAmend = (
  state: ClassState,
  { confirmed, unchanged }: { readonly confirmed: boolean; readonly unchanged: boolean },
): string[] => [
  ...faultsOfMove(state, 'amend-report'),
  ...(confirmed ? [] : ['figures-changed']),
  ...(unchanged ? ['figures-unchanged'] : []),
];

/** What the receipt says of it. */
export const statementOf = ({
  onTime,
  provisional,
  extended,
}: Pick<ReportDue, 'onTime' | 'provisional' | 'extended'>): string =>
  (onTime ? '按期报送' : '逾期报送') + (extended ? '（经批准延期）' : provisional ? '（截止日暂定）' : '');
