import { broken, type Rules } from '@shuzheng/platform/rules';
import { emptyConfidences } from './known.js';
import { kindOf } from './rule-kinds.js';

/** All that deciding on a new rule record depends on. */
export interface RecordingFacts {
  readonly rule: string;
  readonly scope: string;
  readonly edition: string | null;
  readonly level: string | null;
  readonly value: object | null;
  readonly from: string;
  readonly to: string | null;
  readonly confidence: string;
  readonly occupationKnown: boolean;
  /** The same rule has a value from the same day on. */
  readonly recorded: boolean;
}

export const PROGRAMME = 'programme';

/** A rule of the programme stands for all; a rule of a standard needs the occupation, the edition and the level. */
function fitsScope({ rule, scope, edition, level }: RecordingFacts) {
  const of = kindOf(rule)?.of;
  if (of === undefined) return true;
  if (of === 'either') return scope !== PROGRAMME || (edition === null && level === null);
  if (of === 'programme') return scope === PROGRAMME && edition === null && level === null;
  return scope !== PROGRAMME && edition !== null && level !== null;
}

const rules = {
  'rule-unknown': ({ rule }) => kindOf(rule) === undefined,
  'rule-scope': (facts) => !fitsScope(facts),
  'occupation-unknown': ({ scope, occupationKnown }) => scope !== PROGRAMME && !occupationKnown,
  'rule-value': ({ rule, value }) => value !== null && kindOf(rule)?.accepts(value) === false,
  'rule-unverified': ({ value, confidence }) => value !== null && emptyConfidences.includes(confidence),
  'dates-order': ({ from, to }) => to !== null && to < from,
  'rule-recorded': ({ recorded }) => recorded,
} satisfies Rules<RecordingFacts>;

/** The rules that recording this would break. */
export const reasonsNotToRecord = (facts: RecordingFacts) => broken(rules, facts);
