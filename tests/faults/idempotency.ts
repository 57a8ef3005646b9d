import { longForm } from './long/long-form.js';

export const fault = longForm(
  'idempotency',
  'a hundred identical requests that meet, killed servers, other bodies, other organisations, clients that leave',
  ['tests/faults/idempotency.spec.ts'],
  (amount) => ({ SHUZHENG_ROUNDS: String(amount(20, 1)) }),
);
