import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that 复核 of one result depends on. */
export interface RecheckingFacts {
  readonly state: string;
  /** Whoever rechecks wrote down the marks that stand. */
  readonly recordedThemself: boolean;
}

const rules = {
  'already-released': ({ state }) => state === 'released',
  'result-void': ({ state }) => state === 'void',
  'same-recorder': ({ recordedThemself }) => recordedThemself,
} satisfies Rules<RecheckingFacts>;

/** The rules that a recheck would break: it comes before the release, and from a second pair of eyes. */
export const reasonsNotToRecheck = (facts: RecheckingFacts) => broken(rules, facts);
