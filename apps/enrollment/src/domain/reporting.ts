import { type Calendar, dueOf, type StatutoryClock, statutoryClockOn } from '@shuzheng/regulation';

export interface ReportDue {
  readonly dueOn: string;
  readonly effectiveDueOn: string;
  readonly provisional: boolean;
  readonly onTime: boolean;
  readonly clock: StatutoryClock;
}

/** 培训结业 30 日: by which day the training report is due, and whether the day it is filed on is in time. */
export function judgeReport(calendar: Calendar, completedOn: string, filedOn: string): ReportDue {
  const clock = statutoryClockOn('training-report', completedOn);
  if (!clock) throw new RangeError(`no time limit was in force on ${completedOn}`);
  const { raw, effective, provisional } = dueOf(clock, calendar, completedOn);
  return { dueOn: raw, effectiveDueOn: effective, provisional, onTime: filedOn <= effective, clock };
}

/** What the receipt says of it. */
export const statementOf = ({ onTime, provisional }: Pick<ReportDue, 'onTime' | 'provisional'>): string =>
  (onTime ? '按期报送' : '逾期报送') + (provisional ? '（截止日暂定）' : '');
