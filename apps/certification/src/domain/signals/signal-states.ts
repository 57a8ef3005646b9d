export const signalStates = ['open', 'dismissed', 'closed'] as const;
export type SignalState = (typeof signalStates)[number];

/**
 * Which state of a signal may follow which: facts open it, open it again and close it; a person dismisses what is open.
 * The database holds the same table.
 */
export const signalSteps: Readonly<Record<SignalState, readonly SignalState[]>> = {
  open: ['dismissed', 'closed'],
  dismissed: ['open', 'closed'],
  closed: ['open'],
};

export const mayBecome = (was: SignalState, becomes: SignalState) => signalSteps[was].includes(becomes);
