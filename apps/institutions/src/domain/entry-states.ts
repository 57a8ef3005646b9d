export const entryStates = ['listed', 'suspended'] as const;
export type EntryState = (typeof entryStates)[number];

/** What is done to an entry of the directory: which states it may be in, and which one it takes. */
export const entryActs = {
  suspend: { listed: 'suspended' },
  resume: { suspended: 'listed' },
  'change-dates': { listed: 'listed', suspended: 'suspended' },
} as const satisfies Record<string, Partial<Record<EntryState, EntryState>>>;
export type EntryAct = keyof typeof entryActs;

/** The state an act leads to; undefined where it may not be done. */
export const afterAct = (act: EntryAct, state: EntryState): EntryState | undefined =>
  (entryActs[act] as Partial<Record<EntryState, EntryState>>)[state];

export const entryStateOf = (suspendedFrom: string | null): EntryState =>
  suspendedFrom === null ? 'listed' : 'suspended';

/** One time an entry did not count; no end: it still does not. */
export interface Suspension {
  readonly suspendedFrom: string;
  readonly resumedFrom: string | null;
}

/** The suspension an entry was under on a day, if any. */
export const suspensionOn = <One extends Suspension>(suspensions: readonly One[], day: string): One | undefined =>
  suspensions.find(
    ({ suspendedFrom, resumedFrom }) => suspendedFrom <= day && (resumedFrom === null || day < resumedFrom),
  );
