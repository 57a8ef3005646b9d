import type { RowAct, RowState } from './row-states.js';

export const certificateStates = ['valid', 'corrected', 'suspended', 'revoked'] as const;
export type CertificateState = (typeof certificateStates)[number];

/** 更正、暂停、恢复、撤销、换发: each is asked for by one person and decided by another. */
export const amendmentActs = ['correct', 'suspend', 'reinstate', 'revoke', 'replace'] as const;
export type AmendmentAct = (typeof amendmentActs)[number];

export const amendmentStates = ['requested', 'approved', 'rejected', 'withdrawn'] as const;
export type AmendmentState = (typeof amendmentStates)[number];

interface Effect {
  readonly from: readonly CertificateState[];
  readonly to: CertificateState;
  /** What it does to the row of the batch at the same time. */
  readonly row: RowAct;
}

/**
 * What an approved act does to a certificate: which states it may be in, which one it takes, and what its row does with
 * it. The database holds the same table. What gives way to a successor is revoked; its row goes on with the successor.
 */
export const certificateEffects = {
  correct: { from: ['valid', 'corrected'], to: 'corrected', row: 'correct' },
  suspend: { from: ['valid', 'corrected'], to: 'suspended', row: 'suspend' },
  reinstate: { from: ['suspended'], to: 'valid', row: 'reinstate' },
  'reinstate-corrected': { from: ['suspended'], to: 'corrected', row: 'reinstate-corrected' },
  revoke: { from: ['valid', 'corrected', 'suspended'], to: 'revoked', row: 'revoke' },
  replace: { from: ['valid', 'corrected'], to: 'revoked', row: 'replace' },
} as const satisfies Record<string, Effect>;
export type CertificateEffect = keyof typeof certificateEffects;

/** A certificate that was corrected before its suspension is so again after it. */
export const effectOf = (act: AmendmentAct, version: number): CertificateEffect =>
  act === 'reinstate' && version > 1 ? 'reinstate-corrected' : act;

/** May this be asked of, and done to, a certificate in this state? */
export const mayAct = (act: AmendmentAct, state: CertificateState) =>
  (certificateEffects[act].from as readonly CertificateState[]).includes(state);

/** What a row says while this is the state of the certificate that it has now. */
export const rowOf: Readonly<Record<CertificateState, RowState>> = {
  valid: 'issued',
  corrected: 'corrected',
  suspended: 'suspended',
  revoked: 'revoked',
};

/** A number stays used for ever; it is in force until its certificate is revoked. */
export const ledgerOf = (state: CertificateState) => ({ state: 'used' as const, live: state !== 'revoked' });
