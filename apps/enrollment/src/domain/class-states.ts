export const classStates = [
  'announced',
  'enrolling',
  'running',
  'completed',
  'reported',
  'archived',
  'cancelled',
] as const;
export type ClassState = (typeof classStates)[number];

/** What can be done with a class, and the code that says it cannot be done now. */
const refusals = {
  reschedule: 'class-has-started',
  enroll: 'class-not-enrolling',
  'enroll-late': 'class-not-enrolling',
  withdraw: 'enrolment-not-live',
  start: 'class-not-enrolling',
  teach: 'class-not-running',
  complete: 'class-not-running',
  certify: 'class-not-completed',
  'amend-certificate': 'class-not-completed',
  'prove-hours': 'class-not-begun',
  report: 'class-not-completed',
  'amend-report': 'class-not-reported',
  archive: 'class-not-reported',
  cancel: 'class-not-cancellable',
} as const;
export type ClassMove = keyof typeof refusals;

/** From which state a class goes where. What stands in no row cannot happen: every command asks here before it writes. */
export const classMoves: Readonly<Record<ClassState, Readonly<Partial<Record<ClassMove, ClassState>>>>> = {
  announced: { reschedule: 'announced', enroll: 'enrolling', cancel: 'cancelled' },
  enrolling: {
    reschedule: 'enrolling',
    enroll: 'enrolling',
    withdraw: 'enrolling',
    start: 'running',
    cancel: 'cancelled',
  },
  running: {
    'enroll-late': 'running',
    withdraw: 'running',
    teach: 'running',
    'prove-hours': 'running',
    complete: 'completed',
    cancel: 'cancelled',
  },
  completed: { certify: 'completed', 'amend-certificate': 'completed', 'prove-hours': 'completed', report: 'reported' },
  reported: {
    certify: 'reported',
    'amend-certificate': 'reported',
    'prove-hours': 'reported',
    'amend-report': 'reported',
    archive: 'archived',
  },
  // What was issued may turn out to be wrong long after the class.
  archived: { 'amend-certificate': 'archived', 'prove-hours': 'archived' },
  cancelled: {},
};

export const mayMove = (state: ClassState, move: ClassMove): boolean => classMoves[state][move] !== undefined;

/** Why a class may not go that way; nothing where it may. */
export const faultsOfMove = (state: ClassState, move: ClassMove): string[] =>
  mayMove(state, move) ? [] : [refusals[move]];

/** The state a class comes to. Whoever asks has made sure that it may. */
export function moved(state: ClassState, move: ClassMove): ClassState {
  const next = classMoves[state][move];
  if (!next) throw new Error(`a class that is ${state} cannot ${move}`);
  return next;
}
