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
