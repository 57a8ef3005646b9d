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
export function confirmationDue(
  calendar: Calendar,
  today: string,
  receivedOn: string,
  extendedTo: string | null = null,
): ConfirmationDue | null {
  const clock = statutoryClockOn('confirmation', receivedOn);
  if (!clock) return null;
  const { effective, provisional } = dueOf(clock, calendar, receivedOn);
  // A day the office has given stands whatever the holiday table says.
  const dueOn = extendedTo ?? effective;
  const daysLeft = workingDaysLeft(calendar, today, dueOn);
  return { receivedOn, dueOn, daysLeft, overdue: today > dueOn, provisional: extendedTo === null && provisional };
}

/** The last of the thirty days in which what was approved on that day is to be issued. */
export function issueDueOn(calendar: Calendar, approvedOn: string): string | null {
  const clock = statutoryClockOn('issue', approvedOn);
  return clock ? dueOf(clock, calendar, approvedOn).effective : null;
}
