import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that replacing a rule depends on. */
export interface ReplacingFacts {
  readonly from: string;
  readonly withdrawnOn: string | null;
  /** From when on the other rule shall hold. */
  readonly replacedFrom: string;
}

const replaceRules = {
  'rule-withdrawn': ({ withdrawnOn }) => withdrawnOn !== null,
  'replacement-order': ({ from, replacedFrom }) => replacedFrom <= from,
} satisfies Rules<ReplacingFacts>;

/** The rules a replacement would break. */
export const reasonsNotToReplace = (facts: ReplacingFacts) => broken(replaceRules, facts);

/** All that withdrawing a rule depends on. */
export interface WithdrawingFacts {
  readonly withdrawnOn: string | null;
  readonly to: string | null;
  /** From when on it shall hold no more. */
  readonly on: string;
  readonly today: string;
}

const withdrawRules = {
  'rule-withdrawn': ({ withdrawnOn }) => withdrawnOn !== null,
  'withdrawal-backdated': ({ on, today }) => on < today,
  'rule-over': ({ on, to }) => to !== null && to < on,
} satisfies Rules<WithdrawingFacts>;

/** The rules a withdrawal would break. */
export const reasonsNotToWithdraw = (facts: WithdrawingFacts) => broken(withdrawRules, facts);

export const draftStates = ['draft', 'confirmed', 'discarded'] as const;
export type DraftState = (typeof draftStates)[number];

/** What is done to a draft: which states it may be in, and which one it takes. */
export const draftActs = {
  confirm: { from: ['draft'], to: 'confirmed' },
  discard: { from: ['draft'], to: 'discarded' },
} as const satisfies Record<string, { from: readonly DraftState[]; to: DraftState }>;
export type DraftAct = keyof typeof draftActs;

/** All that deciding on a draft depends on. */
export interface DecidingFacts {
  readonly act: DraftAct;
  readonly state: DraftState;
  readonly recordedBy: string;
  readonly decidedBy: string | undefined;
}

const decideRules = {
  'draft-decided': ({ act, state }) => !(draftActs[act].from as readonly DraftState[]).includes(state),
  'same-person': ({ act, recordedBy, decidedBy }) =>
    act === 'confirm' && (decidedBy === undefined || recordedBy === decidedBy),
} satisfies Rules<DecidingFacts>;

/** The rules a decision on a draft would break. */
export const reasonsNotToDecide = (facts: DecidingFacts) => broken(decideRules, facts);
