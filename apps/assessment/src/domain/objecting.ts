import { broken, type Rules } from '@shuzheng/platform/rules';
import { mayMove, objectionMoves, type ObjectionState } from './states.js';

export const objectionKinds = {
  marks: '成绩有误',
  identity: '身份信息有误',
  violation: '对违纪认定有异议',
  absence: '被误记缺考',
  other: '其他',
} as const;

/** All that raising an objection depends on. */
export interface RaisingFacts {
  readonly state: string;
  readonly open: boolean;
  readonly today: string;
  /** The last day of the window; null while nobody has set how long it is open. */
  readonly until: string | null;
}

const raising = {
  'result-void': ({ state }) => state === 'void',
  'objection-open': ({ open }) => open,
  'objection-late': ({ until, today }) => until !== null && today > until,
} satisfies Rules<RaisingFacts>;

/** The rules that raising an objection would break. */
export const reasonsNotToRaise = (facts: RaisingFacts) => broken(raising, facts);

/** All that deciding about an objection depends on. */
export interface DecidingFacts {
  readonly state: ObjectionState;
  /** Whoever decides stands behind a version of the result. */
  readonly recordedThemself: boolean;
}

const deciding = {
  'objection-decided': ({ state }) => !mayMove(objectionMoves, state, 'upheld'),
  'same-person': ({ recordedThemself }) => recordedThemself,
} satisfies Rules<DecidingFacts>;

/** The rules that a decision would break. */
export const reasonsNotToDecide = (facts: DecidingFacts) => broken(deciding, facts);
