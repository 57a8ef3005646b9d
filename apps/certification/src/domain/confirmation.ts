import { type Calendar, dueOf, statutoryClockOn, workingDaysLeft } from '@shuzheng/regulation';

/** Where the ten working days of 确认 stand. */
export interface ConfirmationDue {
  readonly receivedOn: string;
  readonly dueOn: string;
  /** Working days after today up to the due day; negative once it has passed. */
  readonly daysLeft: number;
  readonly overdue: boolean;
  /** 暂定: rests on a day no loaded notice covers. */
  readonly provisional: boolean;
}

/** Computed when somebody looks: a calendar that arrives later moves it. Null before the policy existed. */
export function confirmationDue(calendar: Calendar, today: string, receivedOn: string): ConfirmationDue | null {
  const clock = statutoryClockOn('confirmation', receivedOn);
  if (!clock) return null;
  const { effective, provisional } = dueOf(clock, calendar, receivedOn);
  const left = workingDaysLeft(calendar, today, effective);
  return { receivedOn, dueOn: effective, daysLeft: left, overdue: today > effective, provisional };
}
