import { broken, type Rules } from '@shuzheng/platform/rules';
import { emptyConfidences } from './known.js';

/** All that recording or changing an occupation depends on. */
export interface OccupationFacts {
  readonly currentCode: string | null;
  readonly currentConfidence: string;
  readonly formerCode: string | null;
  readonly formerConfidence: string | null;
  /** Already there, when it is to be recorded anew. */
  readonly recorded: boolean;
  readonly nameTaken: boolean;
  readonly codeTaken: boolean;
}

const unread = (code: string | null, confidence: string | null) =>
  code !== null && (confidence === null || emptyConfidences.includes(confidence));

const rules = {
  'occupation-recorded': ({ recorded }) => recorded,
  'occupation-name-taken': ({ nameTaken }) => nameTaken,
  'occupation-code-taken': ({ codeTaken }) => codeTaken,
  'occupation-code-unverified': (facts) =>
    unread(facts.currentCode, facts.currentConfidence) || unread(facts.formerCode, facts.formerConfidence),
} satisfies Rules<OccupationFacts>;

/** The rules that an occupation like this would break. */
export const reasonsNotToName = (facts: OccupationFacts) => broken(rules, facts);
