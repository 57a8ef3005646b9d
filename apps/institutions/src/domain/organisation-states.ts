export const organisationStates = ['active', 'suspended', 'ended'] as const;
export type OrganisationState = (typeof organisationStates)[number];

/** What is done to an organisation: which states it may be in, and which one it takes. Ended is final. */
export const organisationActs = {
  suspend: { from: ['active'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'active' },
  end: { from: ['active', 'suspended'], to: 'ended' },
} as const satisfies Record<string, { from: readonly OrganisationState[]; to: OrganisationState }>;
export type OrganisationAct = keyof typeof organisationActs;

/** May this be done to an organisation in that state? */
export const allows = (act: OrganisationAct, state: OrganisationState) =>
  (organisationActs[act].from as readonly OrganisationState[]).includes(state);

export const organisationStateTitles: Readonly<Record<OrganisationState, string>> = {
  active: '正常',
  suspended: '已暂停',
  ended: '已终止',
};

/** One recorded change: from that day on, whatever was recorded before. */
export interface StandingChange {
  readonly status: OrganisationState;
  readonly from: string;
}

/** Where an organisation stood on a day, by its changes in the order they were recorded; nothing: always active. */
export const standingOn = <Change extends StandingChange>(
  changes: readonly Change[],
  day: string,
): Change | undefined => changes.findLast(({ from }) => from <= day);
