import { broken, type Rules } from '@shuzheng/platform/rules';

export interface OpeningFacts {
  readonly startsOn: string;
  readonly endsOn: string;
  /** The plan as it stands on file; null when it was never filed. */
  readonly plan: { readonly startsOn: string; readonly endsOn: string } | null;
  readonly announced: boolean;
}

const rules = {
  'plan-not-filed': ({ plan }) => plan === null,
  'announcement-missing': ({ announced }) => !announced,
  'dates-order': ({ startsOn, endsOn }) => endsOn < startsOn,
  'class-outside-plan-dates': ({ plan, startsOn, endsOn }) =>
    plan !== null && (startsOn < plan.startsOn || plan.endsOn < endsOn),
} satisfies Rules<OpeningFacts>;

/** The rules that opening this class would break, besides the directory's on its first day. */
export const reasonsNotToOpen = (facts: OpeningFacts) => broken(rules, facts);

export interface StartingFacts {
  readonly state: string;
  readonly startsOn: string;
  readonly today: string;
  readonly enrolled: number;
}

const startRules = {
  'class-not-enrolling': ({ state }) => !isEnrolling(state),
  'class-starts-later': ({ startsOn, today }) => today < startsOn,
  'roster-empty': ({ enrolled }) => enrolled === 0,
} satisfies Rules<StartingFacts>;

/** The rules that starting this class now would break. */
export const reasonsNotToStart = (facts: StartingFacts) => broken(startRules, facts);

export const isEnrolling = (state: string) => state === 'announced' || state === 'enrolling';
