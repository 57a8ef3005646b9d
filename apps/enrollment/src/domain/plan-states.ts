/** From which state a plan goes where. What stands in no row cannot happen: commands ask here before they write. */
type Moves<State extends string, Move extends string> = Readonly<Record<State, Readonly<Partial<Record<Move, State>>>>>;

export const trainingPlanStates = ['draft', 'filed', 'amended', 'withdrawn', 'closed'] as const;
export type TrainingPlanState = (typeof trainingPlanStates)[number];
export type TrainingPlanMove = 'amend' | 'file' | 'withdraw' | 'close';

export const trainingPlanMoves: Moves<TrainingPlanState, TrainingPlanMove> = {
  draft: { amend: 'draft', file: 'filed' },
  filed: { amend: 'amended', withdraw: 'withdrawn', close: 'closed' },
  // What stands on file goes on standing while the amendment is written.
  amended: { amend: 'amended', file: 'filed', withdraw: 'withdrawn', close: 'closed' },
  withdrawn: {},
  closed: {},
};

export const examPlanStates = ['drafted', 'consented', 'refused', 'filed', 'withdrawn', 'closed'] as const;
export type ExamPlanState = (typeof examPlanStates)[number];
export type ExamPlanMove = 'amend' | 'consent' | 'refuse' | 'file' | 'amend-returned' | 'withdraw' | 'close';

export const examPlanMoves: Moves<ExamPlanState, ExamPlanMove> = {
  drafted: { amend: 'drafted', consent: 'consented', refuse: 'refused', withdraw: 'withdrawn' },
  consented: { amend: 'drafted', consent: 'consented', refuse: 'refused', file: 'filed', withdraw: 'withdrawn' },
  refused: { amend: 'drafted', consent: 'consented', refuse: 'refused', withdraw: 'withdrawn' },
  // Both institutions settled what is on file; it is written anew only when it came back for correction.
  filed: { 'amend-returned': 'drafted', withdraw: 'withdrawn', close: 'closed' },
  withdrawn: {},
  closed: {},
};

/** Why a training plan may not go that way; nothing where it may. */
export const faultsOfTrainingMove = (state: string, move: TrainingPlanMove): string[] =>
  isOneOf(trainingPlanStates, state) && trainingPlanMoves[state][move] ? [] : [faultOf(state, move)];

/** Why an exam plan may not go that way; nothing where it may. */
export const faultsOfExamMove = (state: string, move: ExamPlanMove): string[] =>
  isOneOf(examPlanStates, state) && examPlanMoves[state][move] ? [] : [faultOf(state, move)];

/** The states in which the evaluation institution's answer counts. */
export const answerable: readonly ExamPlanState[] = examPlanStates.filter((state) => examPlanMoves[state].consent);

/** Nothing new begins under a plan that is withdrawn or closed. */
export const faultsOfStanding = (state: string): string[] =>
  state === 'withdrawn' || state === 'closed' ? [`plan-${state}`] : [];

function faultOf(state: string, move: TrainingPlanMove | ExamPlanMove): string {
  const [over] = faultsOfStanding(state);
  if (over) return over;
  if (state === 'filed') return 'already-filed';
  return move === 'file' ? 'consent-missing' : 'plan-not-filed';
}

const isOneOf = <Value extends string>(values: readonly Value[], text: string): text is Value =>
  values.some((value) => value === text);
