import { broken, type Rules } from '@shuzheng/platform/rules';
import { type ClassState, mayMove } from './class-states.js';

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_FILES = 20;

export interface EvidenceFacts {
  readonly state: ClassState;
  readonly removed: boolean;
  readonly bytes: number;
  readonly kept: number;
  readonly repeated: boolean;
}

const rules = {
  'lesson-removed': ({ removed }) => removed,
  // A sheet may turn up after the class is over, until its report is filed.
  'class-not-running': ({ state }) => !mayMove(state, 'teach') && !mayMove(state, 'report'),
  'evidence-too-large': ({ bytes }) => bytes > MOST_BYTES,
  'evidence-too-many': ({ kept }) => kept >= MOST_FILES,
  'evidence-repeated': ({ repeated }) => repeated,
} satisfies Rules<EvidenceFacts>;

/** The rules that keeping this sheet would break. */
export const reasonsNotToKeep = (facts: EvidenceFacts) => broken(rules, facts);
