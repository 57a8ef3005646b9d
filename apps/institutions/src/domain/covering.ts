import { type Suspension, suspensionOn } from './entry-states.js';

/** An entry with every time it did not count. */
export interface EntryHistory {
  readonly suspensions: readonly Suspension[];
}

/** The entries as they stood on a day, so that a suspension that was lifted since still shows on its days. */
export const entriesOn = <Entry extends EntryHistory>(entries: readonly Entry[], day: string) =>
  entries.map(({ suspensions, ...entry }) => ({
    ...entry,
    suspendedFrom: suspensionOn(suspensions, day)?.suspendedFrom ?? null,
  }));
