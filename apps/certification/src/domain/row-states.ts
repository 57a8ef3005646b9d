/** Every state of a row of a batch, from its receipt to the end of its certificate. */
export const rowStates = [
  'received',
  'proposed',
  'removed',
  'confirmed',
  'returned',
  'sent',
  'approved',
  'nationally-returned',
  'given-up',
  'withheld',
  'allocated',
  'issued',
  'corrected',
  'suspended',
  'revoked',
] as const;
export type RowState = (typeof rowStates)[number];

/** What is done to a row: which states it may be in, and which one it takes. The database holds the same table. */
export const rowActs = {
  propose: { from: ['received', 'proposed'], to: 'proposed' },
  remove: { from: ['received', 'proposed'], to: 'removed' },
  confirm: { from: ['proposed'], to: 'confirmed' },
  return: { from: ['proposed'], to: 'returned' },
  send: { from: ['confirmed'], to: 'sent' },
  approve: { from: ['sent'], to: 'approved' },
  'return-nationally': { from: ['sent'], to: 'nationally-returned' },
  'give-up': { from: ['returned', 'nationally-returned'], to: 'given-up' },
  withhold: { from: ['confirmed', 'approved', 'allocated'], to: 'withheld' },
  allocate: { from: ['approved'], to: 'allocated' },
  'void-number': { from: ['allocated'], to: 'approved' },
  issue: { from: ['allocated'], to: 'issued' },
  correct: { from: ['issued', 'corrected'], to: 'corrected' },
  suspend: { from: ['issued', 'corrected'], to: 'suspended' },
  reinstate: { from: ['suspended'], to: 'issued' },
  'reinstate-corrected': { from: ['suspended'], to: 'corrected' },
  revoke: { from: ['issued', 'corrected', 'suspended'], to: 'revoked' },
  replace: { from: ['issued', 'corrected'], to: 'issued' },
} as const satisfies Record<string, { from: readonly RowState[]; to: RowState }>;
export type RowAct = keyof typeof rowActs;

/** Nobody has decided on a row in one of these. */
export const undecidedStates: readonly RowState[] = ['received', 'proposed'];
