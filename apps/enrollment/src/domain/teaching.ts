import { broken, type Rules } from '@shuzheng/platform/rules';

export interface LessonFacts {
  readonly state: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly today: string;
  readonly days: readonly string[];
  readonly references: readonly string[];
  readonly knownReferences: readonly string[];
}

const rules = {
  'class-not-running': ({ state }) => state !== 'running',
  'lesson-outside-class-dates': ({ days, startsOn, endsOn }) => days.some((day) => day < startsOn || endsOn < day),
  'lesson-in-future': ({ days, today }) => days.some((day) => today < day),
  'lesson-reference-repeated': ({ references, knownReferences }) =>
    new Set([...references, ...knownReferences]).size < references.length + knownReferences.length,
} satisfies Rules<LessonFacts>;

/** The rules that recording these lessons would break. */
export const reasonsNotToRecordLessons = (facts: LessonFacts) => broken(rules, facts);

export interface AttendanceFacts {
  readonly state: string;
  readonly lessons: number;
  readonly allKnown: boolean;
}

const attendanceRules = {
  'class-not-running': ({ state }) => state !== 'running',
  'lessons-missing': ({ lessons }) => lessons === 0,
  'enrolment-unknown': ({ allKnown }) => !allKnown,
} satisfies Rules<AttendanceFacts>;

export const reasonsNotToRecordAttendance = (facts: AttendanceFacts) => broken(attendanceRules, facts);
