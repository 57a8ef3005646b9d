/** Where a thing may go from each of its states: the one table of its life. */
export type Moves<State extends string> = Readonly<Record<State, readonly State[]>>;

/** 批次. A result that is recorded late opens a released session for another release; later parts leave it reported. */
export const sessionMoves = {
  planned: ['open', 'cancelled'],
  open: ['sat', 'cancelled'],
  sat: ['marked', 'released'],
  marked: ['released'],
  released: ['sat', 'marked', 'reported'],
  reported: [],
  cancelled: [],
} as const satisfies Moves<'planned' | 'open' | 'sat' | 'marked' | 'released' | 'reported' | 'cancelled'>;
export type SessionState = keyof typeof sessionMoves;
export const sessionStates = Object.keys(sessionMoves) as SessionState[];

/** 申报. Whoever was qualified may still withdraw, or be withdrawn with their enrolment or with the session. */
export const applicationMoves = {
  submitted: ['qualified', 'refused', 'withdrawn'],
  qualified: ['withdrawn'],
  refused: [],
  withdrawn: [],
} as const satisfies Moves<'submitted' | 'qualified' | 'refused' | 'withdrawn'>;
export type ApplicationState = keyof typeof applicationMoves;
export const applicationStates = Object.keys(applicationMoves) as ApplicationState[];

/** 成绩. Only what is recorded is replaced; what was released is voided, with its reason. */
export const resultMoves = {
  recorded: ['released'],
  released: ['void'],
  void: [],
} as const satisfies Moves<'recorded' | 'released' | 'void'>;
export type ResultState = keyof typeof resultMoves;
export const resultStates = Object.keys(resultMoves) as ResultState[];

/** 异议. A decided objection stays as it was decided; against what was recorded anew another may be raised. */
export const objectionMoves = {
  open: ['upheld', 'rejected'],
  upheld: [],
  rejected: [],
} as const satisfies Moves<'open' | 'upheld' | 'rejected'>;
export type ObjectionState = keyof typeof objectionMoves;
export const objectionStates = Object.keys(objectionMoves) as ObjectionState[];

export const mayMove = <State extends string>(moves: Moves<State>, from: State, to: State) => moves[from].includes(to);

/** The states from which `to` is reached: what a statement that moves many asks for. */
export const before = <State extends string>(moves: Moves<State>, to: State) =>
  (Object.keys(moves) as State[]).filter((from) => mayMove(moves, from, to));
