/** From which state a merge proposal goes where. The registry only finds; people confirm, and others decide. */
export const mergeStates = ['found', 'confirmed', 'approved', 'dismissed', 'refused'] as const;
export type MergeState = (typeof mergeStates)[number];
export type MergeMove = 'confirm' | 'dismiss' | 'approve' | 'refuse';

export const mergeMoves: Readonly<Record<MergeState, Readonly<Partial<Record<MergeMove, MergeState>>>>> = {
  found: { confirm: 'confirmed', dismiss: 'dismissed' },
  confirmed: { approve: 'approved', refuse: 'refused', dismiss: 'dismissed' },
  // New evidence may turn up: a proposal that was put aside can be confirmed again.
  dismissed: { confirm: 'confirmed' },
  refused: { confirm: 'confirmed' },
  approved: {},
};

export const faultsOfMerge = (state: MergeState, move: MergeMove): string[] => {
  if (mergeMoves[state][move]) return [];
  if (move === 'confirm') return [state === 'confirmed' ? 'merge-confirmed' : 'merge-decided'];
  return [state === 'approved' || move === 'dismiss' ? 'merge-decided' : 'merge-not-confirmed'];
};

export interface MergingFacts {
  readonly state: MergeState;
  readonly confirmedByDecider: boolean;
  /** One of the two has meanwhile been merged with somebody else. */
  readonly merged: boolean;
  /** Classes in which both have a live seat. */
  readonly bothIn: number;
}

/** Everything that speaks against merging now. */
export const reasonsNotToMerge = ({ state, confirmedByDecider, merged, bothIn }: MergingFacts): string[] => [
  ...faultsOfMerge(state, 'approve'),
  ...(confirmedByDecider ? ['same-person'] : []),
  ...(merged ? ['already-merged'] : []),
  ...(bothIn > 0 ? ['merge-conflicts'] : []),
];
