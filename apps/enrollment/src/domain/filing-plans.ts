import { broken, type Rules } from '@shuzheng/platform/rules';
import { cityOf, province } from '@shuzheng/regulation';
import { NO_DIRECTION } from './words.js';

/** The directions a standard sets for one level, as far as its record knows them. */
export interface DirectionRule {
  readonly known?: readonly string[];
  /** Whether `known` is all of them. Where it is not, nothing can be refused by it. */
  readonly complete?: boolean;
}

export interface TrainingPlanFacts {
  readonly plan: {
    readonly direction: string;
    readonly startsOn: string;
    readonly endsOn: string;
    readonly venueCityCode: string;
  };
  readonly occupationKnown: boolean;
  readonly directions: DirectionRule | null;
  /** This version stands on file already. */
  readonly filed: boolean;
  readonly preparedByFiler: boolean;
  readonly today: string;
}

const rules = {
  'already-filed': ({ filed }) => filed,
  'same-person': ({ preparedByFiler }) => preparedByFiler,
  'subject-unknown': ({ occupationKnown }) => !occupationKnown,
  'dates-order': ({ plan }) => plan.endsOn < plan.startsOn,
  'venue-outside-province': ({ plan, today }) => cityOf(plan.venueCityCode, today) === undefined,
  'direction-missing': ({ plan, directions }) =>
    isComplete(directions) && plan.direction === NO_DIRECTION && sets(directions),
  'direction-unknown': ({ plan, directions }) =>
    isComplete(directions) && plan.direction !== NO_DIRECTION && !directions?.known?.includes(plan.direction),
} satisfies Rules<TrainingPlanFacts>;

/** The rules that filing this training plan would break, besides the directory's. */
export const reasonsNotToFileTrainingPlan = (facts: TrainingPlanFacts) => broken(rules, facts);

/** What could not be checked because the record behind it is 待核实. It is shown, never passed over. */
export const unverifiedOf = (directions: DirectionRule | null): string[] =>
  isComplete(directions) ? [] : ['direction'];

const isComplete = (directions: DirectionRule | null) => directions?.complete === true;
const sets = (directions: DirectionRule | null) => (directions?.known?.length ?? 0) > 0;

export interface ExamPlanFacts {
  readonly state: string;
  readonly trainingPlanFiled: boolean;
  readonly sameSubject: boolean;
  readonly preparedByFiler: boolean;
}

const examRules = {
  'already-filed': ({ state }) => state === 'filed',
  'same-person': ({ preparedByFiler }) => preparedByFiler,
  'consent-missing': ({ state }) => state === 'drafted' || state === 'refused',
  'plan-not-filed': ({ trainingPlanFiled }) => !trainingPlanFiled,
  'subject-differs': ({ trainingPlanFiled, sameSubject }) => trainingPlanFiled && !sameSubject,
} satisfies Rules<ExamPlanFacts>;

/** The rules that filing this exam plan would break, besides the directory's. */
export const reasonsNotToFileExamPlan = (facts: ExamPlanFacts) => broken(examRules, facts);

export type FilingCity = 'seat' | 'venue';

/**
 * The city whose bureau takes the filing. The text says 所在市 and leaves open whether that is the institution's seat
 * or the venue: an office setting decides. Units of the province itself have no city of their own.
 */
export function filingCityOf(setting: FilingCity, { seat, venue }: { seat: string; venue: string }): string {
  return setting === 'venue' || seat === province.code ? venue : seat;
}
