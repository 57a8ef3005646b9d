import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that releasing a session's results depends on. */
export interface ReleasingFacts {
  /** Results of candidates who are still in: these are released. */
  readonly recorded: number;
  /** Results of those who have left their class since. */
  readonly withdrawn: number;
  /** Does whoever releases stand behind any version of any of these results? */
  readonly recordedThemself: boolean;
}

const rules = {
  'nothing-recorded': ({ recorded, withdrawn }) => recorded + withdrawn === 0,
  'enrolment-withdrawn': ({ recorded, withdrawn }) => recorded === 0 && withdrawn > 0,
  'same-person': ({ recordedThemself }) => recordedThemself,
} satisfies Rules<ReleasingFacts>;

/** The rules a release would break. */
export const reasonsNotToRelease = (facts: ReleasingFacts) => broken(rules, facts);
