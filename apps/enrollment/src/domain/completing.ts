import { broken, type Rules } from '@shuzheng/platform/rules';
import { type ClassState, faultsOfMove, mayMove } from './class-states.js';

export interface ResultFacts {
  readonly state: ClassState;
  readonly startsOn: string;
  readonly examOn: string;
  readonly today: string;
  readonly allKnown: boolean;
  readonly repeated: boolean;
  /** Somebody is said to have passed an exam without being there. */
  readonly absentPassed: boolean;
}

const resultRules = {
  'completion-exam-in-future': ({ examOn, today }) => today < examOn,
  'completion-exam-before-start': ({ examOn, startsOn }) => examOn < startsOn,
  'enrolment-unknown': ({ allKnown }) => !allKnown,
  'enrolment-repeated': ({ repeated }) => repeated,
  'absent-cannot-pass': ({ absentPassed }) => absentPassed,
} satisfies Rules<ResultFacts>;

/** The rules that recording these results of the completion exam would break. */
export const reasonsNotToRecordResults = (facts: ResultFacts): string[] => [
  ...faultsOfMove(facts.state, 'teach'),
  ...broken(resultRules, facts),
];

export interface CompletingFacts {
  readonly state: ClassState;
  readonly completedOn: string;
  readonly today: string;
  /** Live enrolments without a result. */
  readonly withoutResult: number;
  readonly lastLessonOn: string | null;
  readonly lastExamOn: string | null;
  /** The setting says that 培训结业 is the day of the completion exam. */
  readonly examDayIsCompletion: boolean;
  readonly recordedByDecider: boolean;
}

const completingRules = {
  'same-person': ({ recordedByDecider }) => recordedByDecider,
  'results-missing': ({ withoutResult, lastExamOn }) => withoutResult > 0 || lastExamOn === null,
  'lessons-missing': ({ lastLessonOn }) => lastLessonOn === null,
  'completed-before-last-lesson': ({ completedOn, lastLessonOn }) =>
    lastLessonOn !== null && completedOn < lastLessonOn,
  'completed-in-future': ({ completedOn, today }) => today < completedOn,
  'completion-day-differs': ({ completedOn, lastExamOn, examDayIsCompletion }) =>
    lastExamOn !== null && (completedOn < lastExamOn || (examDayIsCompletion && completedOn !== lastExamOn)),
} satisfies Rules<CompletingFacts>;

/** The rules that completing this class would break. */
export const reasonsNotToComplete = (facts: CompletingFacts): string[] => [
  ...faultsOfMove(facts.state, 'complete'),
  ...broken(completingRules, facts),
];

export interface CertifyingFacts {
  readonly state: ClassState;
  readonly completedOn: string | null;
  readonly issuedOn: string;
  readonly today: string;
  readonly toIssue: number;
  /** Passed, but short of the standard's hours where these are known. */
  readonly shortOfHours: number;
  /** Every number that was given is for somebody who passed and has no certificate yet. */
  readonly allKnown: boolean;
  readonly numbers: readonly string[];
  readonly numberTaken: boolean;
}

const certifyingRules = {
  'issued-before-completion': ({ completedOn, issuedOn }) => completedOn !== null && issuedOn < completedOn,
  'issued-in-future': ({ issuedOn, today }) => today < issuedOn,
  'nothing-to-issue': ({ state, toIssue, shortOfHours }) => isCompleted(state) && toIssue === 0 && shortOfHours === 0,
  'hours-short': ({ toIssue, shortOfHours }) => toIssue === 0 && shortOfHours > 0,
  'enrolment-unknown': ({ state, toIssue, allKnown }) => isCompleted(state) && toIssue > 0 && !allKnown,
  'certificate-number-repeated': ({ numbers }) => new Set(numbers).size < numbers.length,
  'certificate-number-taken': ({ numberTaken }) => numberTaken,
} satisfies Rules<CertifyingFacts>;

/** The rules that issuing these training certificates would break. */
export const reasonsNotToCertify = (facts: CertifyingFacts): string[] => [
  ...faultsOfMove(facts.state, 'certify'),
  ...broken(certifyingRules, facts),
];

const isCompleted = (state: ClassState) => mayMove(state, 'certify');
