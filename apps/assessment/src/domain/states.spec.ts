import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reasonsNotToCancel } from './cancelling.js';
import { reasonsNotToClose } from './closing.js';
import { reasonsNotToDecide } from './objecting.js';
import { faultOfDecision } from './qualifying.js';
import { reasonsNotToReport } from './reporting.js';
import {
  type ApplicationState,
  applicationMoves,
  applicationStates,
  before,
  mayMove,
  type Moves,
  type ObjectionState,
  objectionMoves,
  objectionStates,
  resultMoves,
  type ResultState,
  resultStates,
  sessionMoves,
  type SessionState,
  sessionStates,
} from './states.js';
import { reasonsNotToVoid } from './voiding.js';
import { reasonsNotToWithdraw } from './withdrawing.js';

const papers = { theoryOn: '2026-03-10', abilityOn: '2026-03-11' };
const any = fc.record({
  today: fc.constantFrom('2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'),
  some: fc.nat(2),
  flag: fc.boolean(),
  decision: fc.constantFrom('confirmed', 'returned', 'nationally-returned', null),
});
type Any = typeof any extends fc.Arbitrary<infer T> ? T : never;
/** What each command would do to a thing in this state: the state it leads to, if its rules let it through. */
type Steps<State extends string> = Record<string, (state: State, given: Any) => State | undefined>;

const sessionSteps: Steps<SessionState> = {
  open: (state) => (mayMove(sessionMoves, state, 'open') ? 'open' : undefined),
  close: (state, { today, some }) =>
    reasonsNotToClose({ session: { ...papers, state }, undecided: some, today }).length === 0 ? 'sat' : undefined,
  cancel: (state) => (reasonsNotToCancel({ state }).length === 0 ? 'cancelled' : undefined),
  report: (state, { some }) =>
    state !== 'reported' &&
    reasonsNotToReport({
      ...{ state, missing: 0, unreleased: some, rows: some, held: 0 },
      ...{ waitsForHeld: false, numbersTaken: false, numbersUnknown: false },
    }).length === 0
      ? 'reported'
      : undefined,
};
const applicationSteps: Steps<ApplicationState> = {
  qualify: (state, { flag }) =>
    faultOfDecision({ qualified: flag, code: 'hours-missing', reason: null, state, repeated: false, barred: false })
      ? undefined
      : flag
        ? 'qualified'
        : 'refused',
  withdraw: (state, { today }) =>
    reasonsNotToWithdraw({ session: { ...papers, state: 'open' }, state, today }).length === 0
      ? 'withdrawn'
      : undefined,
};
const resultSteps: Steps<ResultState> = {
  void: (state, { decision }) => (reasonsNotToVoid({ state, decision }).length === 0 ? 'void' : undefined),
};
const objectionSteps: Steps<ObjectionState> = {
  decide: (state, { flag }) =>
    reasonsNotToDecide({ state, recordedThemself: false }).length === 0 ? (flag ? 'upheld' : 'rejected') : undefined,
};

/** Whatever the rules let through is a move of the table. */
function keepsTo<State extends string>(moves: Moves<State>, states: readonly State[], steps: Steps<State>) {
  fc.assert(
    fc.property(fc.constantFrom(...states), any, fc.constantFrom(...Object.keys(steps)), (state, given, name) => {
      const next = steps[name]?.(state, given);
      return next === undefined || mayMove(moves, state, next);
    }),
    { numRuns: 500 },
  );
}

it('lets no rule through that its table of states does not have', () => {
  keepsTo(sessionMoves, sessionStates, sessionSteps);
  keepsTo(applicationMoves, applicationStates, applicationSteps);
  keepsTo(resultMoves, resultStates, resultSteps);
  keepsTo(objectionMoves, objectionStates, objectionSteps);
});

it('never leaves what is reported, cancelled, withdrawn, void or decided', () => {
  expect([sessionMoves.reported, sessionMoves.cancelled]).toEqual([[], []]);
  expect([applicationMoves.refused, applicationMoves.withdrawn, resultMoves.void]).toEqual([[], [], []]);
  expect([objectionMoves.upheld, objectionMoves.rejected]).toEqual([[], []]);
  expect(before(applicationMoves, 'withdrawn')).toEqual(['submitted', 'qualified']);
});
