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
  readonly plan: { readonly direction: string; readonly venueCityCode: string };
  readonly occupationKnown: boolean;
  readonly directions: DirectionRule | null;
  readonly state: string;
  /** Classes under the plan whose subject or days the new version no longer has. */
  readonly contradicted: boolean;
  readonly preparedByFiler: boolean;
  readonly today: string;
}

const rules = {
  'already-filed': ({ state }) => state === 'filed',
  'plan-withdrawn': ({ state }) => state === 'withdrawn',
  'plan-closed': ({ state }) => state === 'closed',
  'same-person': ({ preparedByFiler }) => preparedByFiler,
  'subject-unknown': ({ occupationKnown }) => !occupationKnown,
  'venue-outside-province': ({ plan, today }) => cityOf(plan.venueCityCode, today) === undefined,
  'direction-missing': ({ plan, directions }) =>
    isComplete(directions) && plan.direction === NO_DIRECTION && sets(directions),
  'direction-unknown': ({ plan, directions }) =>
    isComplete(directions) && plan.direction !== NO_DIRECTION && !directions?.known?.includes(plan.direction),
  'amendment-contradicts-classes': ({ contradicted }) => contradicted,
} satisfies Rules<TrainingPlanFacts>;

/** The rules that filing this training plan would break, besides the directory's. */
export const reasonsNotToFileTrainingPlan = (facts: TrainingPlanFacts) => broken(rules, facts);

/** What could not be checked because the record behind it is 待核实. It is shown, never passed over. */
export const unverifiedOf = (directions: DirectionRule | null): string[] =>
  isComplete(directions) ? [] : ['direction'];

const isComplete = (directions: DirectionRule | null) => directions?.complete === true;
const sets = (directions: DirectionRule | null) => (directions?.known?.length ?? 0) > 0;

/** 培训与评价分离: may one body train people and examine them? Null: nobody has read it, 待核实. */
export interface SeparationRule {
  readonly separated?: boolean;
}

interface Body {
  readonly name: string;
  readonly creditCode: string | null;
}

/** A body stands in the registry once for each of its roles, and its credit code in one of them alone. */
export const isSameBody = (one: Body, other: Body) =>
  one.name === other.name || (one.creditCode !== null && one.creditCode === other.creditCode);

export interface ExamPlanFacts {
  /** One body trains and examines. */
  readonly sameBody: boolean;
  readonly separation: SeparationRule | null;
  readonly state: string;
  readonly trainingPlanState: string;
  readonly trainingPlanFiled: boolean;
  readonly sameSubject: boolean;
  readonly preparedByFiler: boolean;
}

const examRules = {
  'already-filed': ({ state }) => state === 'filed',
  'plan-withdrawn': ({ state, trainingPlanState }) => state === 'withdrawn' || trainingPlanState === 'withdrawn',
  'plan-closed': ({ state, trainingPlanState }) => state === 'closed' || trainingPlanState === 'closed',
  'same-person': ({ preparedByFiler }) => preparedByFiler,
  'consent-missing': ({ state }) => state === 'drafted' || state === 'refused',
  'plan-not-filed': ({ trainingPlanFiled }) => !trainingPlanFiled,
  'training-evaluation-not-separated': ({ sameBody, separation }) => sameBody && separation?.separated === true,
  'subject-differs': ({ trainingPlanFiled, sameSubject }) => trainingPlanFiled && !sameSubject,
} satisfies Rules<ExamPlanFacts>;

/** The rules that filing this exam plan would break, besides the directory's. */
export const reasonsNotToFileExamPlan = (facts: ExamPlanFacts) => broken(examRules, facts);

/** Where nobody has set whether one body may do both, it is looked at all the same: it is shown, and refuses nothing. */
export const unverifiedOfExamPlan = ({ sameBody, separation }: Pick<ExamPlanFacts, 'sameBody' | 'separation'>) =>
  sameBody && separation?.separated === undefined ? ['training-evaluation-separated'] : [];

export type FilingCity = 'seat' | 'venue';

/**
 * The city whose bureau takes the filing. The text says 所在市 and leaves open whether that is the institution's seat
 * or the venue: an office setting decides. Units of the province itself have no city of their own.
 */
export function filingCityOf(setting: FilingCity, { seat, venue }: { seat: string; venue: string }): string {
  return setting === 'venue' || seat === province.code ? venue : seat;
}

const YEARS_AROUND_TODAY = 3;

/** What no plan can mean, told when it is drafted: the end before the beginning, or a year typed wrongly. */
export function datesFaults(first: string, last: string, today: string): string[] {
  const year = Number(today.slice(0, 4));
  const isNear = (day: string) => Math.abs(Number(day.slice(0, 4)) - year) <= YEARS_AROUND_TODAY;
  return [...(last < first ? ['dates-order'] : []), ...(isNear(first) && isNear(last) ? [] : ['dates-nonsense'])];
}
