import { broken, type Rules } from '@shuzheng/platform/rules';
import { type PlanKind, type SectionCode, sectionsOf } from './plan-sections.js';

export interface ReturningFacts {
  readonly kind: PlanKind;
  readonly sections: readonly SectionCode[];
  readonly planState: string;
  /** This recipient has given its receipt for the version already. */
  readonly received: boolean;
  readonly returned: boolean;
  /** A later version stands on file. */
  readonly superseded: boolean;
}

const returningRules = {
  'plan-withdrawn': ({ planState }) => planState === 'withdrawn',
  'plan-closed': ({ planState }) => planState === 'closed',
  'already-received': ({ received }) => received,
  'already-returned': ({ returned }) => returned,
  'filing-superseded': ({ superseded }) => superseded,
  'section-repeated': ({ sections }) => new Set(sections).size < sections.length,
  'section-not-of-kind': ({ kind, sections }) => sections.some((section) => !sectionsOf(kind).includes(section)),
} satisfies Rules<ReturningFacts>;

/** The rules that returning this filing for correction would break. */
export const reasonsNotToReturn = (facts: ReturningFacts) => broken(returningRules, facts);

export interface ReceivingFacts {
  readonly planState: string;
  readonly received: boolean;
  readonly returned: boolean;
}

const receivingRules = {
  'plan-withdrawn': ({ planState }) => planState === 'withdrawn',
  'already-received': ({ received }) => received,
  // What was found incomplete is received in its corrected version.
  'already-returned': ({ returned }) => returned,
} satisfies Rules<ReceivingFacts>;

/** The rules that giving this receipt would break. */
export const reasonsNotToReceive = (facts: ReceivingFacts) => broken(receivingRules, facts);
