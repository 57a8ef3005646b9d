import { longForm } from './long/long-form.js';

export const fault = longForm(
  'clocks',
  'every statutory clock under made-up holiday tables, at midnight from other time zones, and set back',
  ['tests/faults/clocks.spec.ts', 'apps/oversight/src/clocks-under-faults.spec.ts'],
  (amount) => ({ SHUZHENG_ROUNDS: String(amount(200, 4)) }),
);
