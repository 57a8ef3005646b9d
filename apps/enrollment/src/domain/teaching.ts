import { broken, type Rules } from '@shuzheng/platform/rules';
import { type ClassState, faultsOfMove } from './class-states.js';

export interface LessonFacts {
  readonly state: ClassState;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly today: string;
  readonly days: readonly string[];
  readonly references: readonly string[];
  readonly knownReferences: readonly string[];
  /** Some lesson names a teacher who is not on the institution's list, or not on that day. */
  readonly teacherUnknown: boolean;
  /** Some lesson names nobody. */
  readonly teacherMissing: boolean;
}

const rules = {
  'lesson-outside-class-dates': ({ days, startsOn, endsOn }) => days.some((day) => day < startsOn || endsOn < day),
  'lesson-in-future': ({ days, today }) => days.some((day) => today < day),
  'lesson-reference-repeated': ({ references, knownReferences }) =>
    new Set([...references, ...knownReferences]).size < references.length + knownReferences.length,
  'teacher-unknown': ({ teacherUnknown }) => teacherUnknown,
  'teacher-missing': ({ teacherMissing }) => teacherMissing,
} satisfies Rules<LessonFacts>;

/** The rules that recording these lessons would break. */
export const reasonsNotToRecordLessons = (facts: LessonFacts): string[] => [
  ...faultsOfMove(facts.state, 'teach'),
  ...broken(rules, facts),
];

export interface AttendanceFacts {
  readonly state: ClassState;
  readonly lessons: number;
  readonly allKnown: boolean;
}

const attendanceRules = {
  'lessons-missing': ({ lessons }) => lessons === 0,
  'enrolment-unknown': ({ allKnown }) => !allKnown,
} satisfies Rules<AttendanceFacts>;

export const reasonsNotToRecordAttendance = (facts: AttendanceFacts): string[] => [
  ...faultsOfMove(facts.state, 'teach'),
  ...broken(attendanceRules, facts),
];
