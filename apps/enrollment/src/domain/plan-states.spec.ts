import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isYoungerThan } from './ages.js';
import { faultsOfMerge, mergeMoves, mergeStates, type MergeMove, type MergeState } from './merging.js';
import {
  answerable,
  examPlanMoves,
  examPlanStates,
  type ExamPlanMove,
  type ExamPlanState,
  faultsOfExamMove,
  faultsOfTrainingMove,
  trainingPlanMoves,
  trainingPlanStates,
  type TrainingPlanMove,
  type TrainingPlanState,
} from './plan-states.js';

/** Every pair of states that a table of design.md has; staying where one is needs no row. */
const trainingPairs = [
  'draft>filed',
  'filed>amended',
  'amended>filed',
  'filed>withdrawn',
  'amended>withdrawn',
  'filed>closed',
  'amended>closed',
];
const examPairs = [
  ...['drafted>consented', 'drafted>refused', 'consented>refused', 'refused>consented', 'consented>drafted'],
  ...['refused>drafted', 'consented>filed', 'filed>drafted', 'filed>withdrawn', 'filed>closed'],
  ...['drafted>withdrawn', 'consented>withdrawn', 'refused>withdrawn'],
];
const mergePairs = [
  ...['found>confirmed', 'found>dismissed', 'confirmed>approved', 'confirmed>refused', 'confirmed>dismissed'],
  ...['dismissed>confirmed', 'refused>confirmed'],
];

/** The pairs that random moves really walk through, each of them allowed by the faults that commands ask for. */
function walked<State extends string, Move extends string>(
  first: State,
  table: Readonly<Record<State, Readonly<Partial<Record<Move, State>>>>>,
  faultsOf: (state: State, move: Move) => readonly string[],
  moves: readonly Move[],
) {
  let state = first;
  return moves.flatMap((move) => {
    const before = state;
    const next = table[state][move];
    // A move without a row is refused with a code, and one with a row is not.
    expect(faultsOf(state, move).length === 0).toBe(next !== undefined);
    state = next ?? state;
    return state === before ? [] : [`${before}>${state}`];
  });
}

const trainingMoves: TrainingPlanMove[] = ['amend', 'file', 'withdraw', 'close'];
const examMoves: ExamPlanMove[] = ['amend', 'consent', 'refuse', 'file', 'amend-returned', 'withdraw', 'close'];
const mergeMoveNames: MergeMove[] = ['confirm', 'dismiss', 'approve', 'refuse'];
const random = <Move>(moves: readonly Move[]) => fc.array(fc.constantFrom(...moves), { maxLength: 40 });

it('random moves of a training plan never leave its table', () => {
  fc.assert(
    fc.property(random(trainingMoves), (moves) => {
      const pairs = walked<TrainingPlanState, TrainingPlanMove>(
        'draft',
        trainingPlanMoves,
        faultsOfTrainingMove,
        moves,
      );
      expect(trainingPairs).toEqual(expect.arrayContaining(pairs));
    }),
  );
});

it('random moves of an exam plan never leave its table', () => {
  fc.assert(
    fc.property(random(examMoves), (moves) => {
      const pairs = walked<ExamPlanState, ExamPlanMove>('drafted', examPlanMoves, faultsOfExamMove, moves);
      expect(examPairs).toEqual(expect.arrayContaining(pairs));
    }),
  );
});

it('random moves of a merge proposal never leave its table', () => {
  fc.assert(
    fc.property(random(mergeMoveNames), (moves) => {
      const pairs = walked<MergeState, MergeMove>('found', mergeMoves, faultsOfMerge, moves);
      expect(mergePairs).toEqual(expect.arrayContaining(pairs));
    }),
  );
});

it('nothing leads out of what is over, and answers count only before filing', () => {
  const over = [trainingPlanMoves.withdrawn, trainingPlanMoves.closed, examPlanMoves.withdrawn, examPlanMoves.closed];
  expect([...over, mergeMoves.approved]).toEqual([{}, {}, {}, {}, {}]);
  expect(answerable).toEqual(['drafted', 'consented', 'refused']);
  expect([trainingPlanStates.length, examPlanStates.length, mergeStates.length]).toEqual([5, 6, 5]);
});

it('counts an age by the birthday, and 29 February to 1 March', () => {
  expect(isYoungerThan(18, '2008-01-13', '2026-01-12')).toBe(true);
  expect(isYoungerThan(18, '2008-01-12', '2026-01-12')).toBe(false);
  expect(isYoungerThan(18, '2008-02-29', '2026-02-28')).toBe(true);
  expect(isYoungerThan(18, '2008-02-29', '2026-03-01')).toBe(false);
});
