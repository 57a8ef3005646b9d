import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that releasing a session's results depends on. */
export interface ReleasingFacts {
  readonly recorded: number;
  /** Does whoever releases stand behind any version of any of these results? */
  readonly recordedThemself: boolean;
}

const rules = {
  'nothing-recorded': ({ recorded }) => recorded === 0,
  'same-person': ({ recordedThemself }) => recordedThemself,
} satisfies Rules<ReleasingFacts>;

/** The rules a release would break. */
export const reasonsNotToRelease = (facts: ReleasingFacts) => broken(rules, facts);

/** All that voiding one result depends on. */
export interface VoidingFacts {
  readonly state: string;
  /** It lies with the department and has not come back. */
  readonly reported: boolean;
}

const voiding = {
  'result-not-released': ({ state }) => state === 'recorded',
  'result-void': ({ state }) => state === 'void',
  'already-reported': ({ reported }) => reported,
} satisfies Rules<VoidingFacts>;

/** The rules that voiding a result would break. */
export const reasonsNotToVoid = (facts: VoidingFacts) => broken(voiding, facts);
