import { addDays } from '@shuzheng/regulation';
import { type ClassState, mayMove } from './class-states.js';

/** What the office has set for late entry: up to how many days after the first day; null is 待核实. */
export interface LateEntryRule {
  readonly days?: number;
}

export interface EnteringFacts {
  readonly state: ClassState;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly today: string;
  readonly lateReason: string | undefined;
  readonly rule: LateEntryRule | null;
}

export interface SeatFacts {
  /** Seats that are taken in all classes of the plan, and how many the plan on file has. */
  readonly taken: number;
  readonly incoming: number;
  readonly planned: number;
  /** Rows that the class has ever held. */
  readonly rows: number;
}

const MOST_LEARNERS = 500;

/** Is this an entry after the class has started? */
export const isLate = (state: ClassState) => mayMove(state, 'enroll-late');

/** The rules that entering the class now would break, whoever it is. */
export function reasonsNotToEnter(facts: EnteringFacts): string[] {
  if (mayMove(facts.state, 'enroll')) return [];
  return isLate(facts.state) ? lateFaults(facts) : ['class-not-enrolling'];
}

/** The rules that so many more would break. */
export const reasonsNotToSeat = ({ taken, incoming, planned, rows }: SeatFacts): string[] =>
  taken + incoming > planned || rows + incoming > MOST_LEARNERS ? ['class-full'] : [];

/** Where the rule is 待核实 nobody is refused by it: a reason is asked for, and the entry is marked. */
function lateFaults({ rule, startsOn, endsOn, today, lateReason }: EnteringFacts): string[] {
  const last = rule?.days === undefined ? endsOn : earlier(addDays(startsOn, rule.days), endsOn);
  return [
    ...(last < today ? ['late-entry-closed'] : []),
    ...(lateReason === undefined ? ['late-entry-reason-missing'] : []),
  ];
}

const earlier = (a: string, b: string) => (a < b ? a : b);
