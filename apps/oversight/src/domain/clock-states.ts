/** What a clock may be in. */
export const clockStates = ['running', 'paused', 'stopped-on-time', 'stopped-late'] as const;
export type ClockState = (typeof clockStates)[number];

/** What may happen to a clock: from which states, and where it leads. Whoever moves a clock asks this table. */
export const clockMoves = {
  pause: { from: ['running'], to: ['paused'] },
  resume: { from: ['paused'], to: ['running'] },
  extend: { from: ['running'], to: ['running'] },
  stop: { from: ['running', 'paused'], to: ['stopped-on-time', 'stopped-late'] },
  // More rows were approved on a day whose rows had all been issued: they wait, so the clock of issue goes on.
  reopen: { from: ['stopped-on-time', 'stopped-late'], to: ['running'] },
} as const satisfies Record<string, { from: readonly ClockState[]; to: readonly ClockState[] }>;

export type ClockMove = keyof typeof clockMoves;

export const mayMove = (move: ClockMove, state: ClockState) =>
  (clockMoves[move].from as readonly ClockState[]).includes(state);

/** The state that follows from the days of a clock; the same as the table's own column. */
export function stateOf(clock: {
  stoppedOn: string | null;
  pausedOn: string | null;
  effectiveDue: string;
}): ClockState {
  if (clock.stoppedOn) return clock.stoppedOn <= clock.effectiveDue ? 'stopped-on-time' : 'stopped-late';
  return clock.pausedOn ? 'paused' : 'running';
}
