import { daysLeft, type Due } from './clocks.js';

export type ClockStanding = 'running' | 'paused' | 'stopped-on-time' | 'stopped-late';

export interface ClockState {
  state: ClockStanding;
  /** 逾期: not stopped, and the effective due day has passed. */
  overdue: boolean;
  /** 临期: running, and no more than `dueSoonDays` calendar days are left. */
  dueSoon: boolean;
  /** 暂定: see `Due`. */
  provisional: boolean;
}

/** All that the state of a clock depends on. Days are YYYY-MM-DD; a pause is an office setting, never the statute's. */
export interface ClockFacts {
  due: Pick<Due, 'effective' | 'provisional'>;
  /** The day on which the act was done that the clock waits for. */
  stoppedOn?: string | null | undefined;
  /** The day since which the clock stands still. */
  pausedOn?: string | null | undefined;
  today: string;
  dueSoonDays: number;
}

/** Where a clock stands. Being late is judged by the effective due day only. */
export function clockState({ due, stoppedOn, pausedOn, today, dueSoonDays }: ClockFacts): ClockState {
  const { effective, provisional } = due;
  if (stoppedOn) {
    const state = stoppedOn <= effective ? 'stopped-on-time' : 'stopped-late';
    return { state, overdue: false, dueSoon: false, provisional };
  }
  // A pause does not heal a clock that had run out before it.
  const overdue = (pausedOn ?? today) > effective;
  if (pausedOn) return { state: 'paused', overdue, dueSoon: false, provisional };
  return { state: 'running', overdue, dueSoon: !overdue && daysLeft(today, effective) <= dueSoonDays, provisional };
}
