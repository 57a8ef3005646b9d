import { longForm } from './long/long-form.js';

export const fault = longForm(
  'upgrade',
  'the schema of an earlier version with data, migrated by two at once and killed at each migration',
  ['tests/faults/upgrade.spec.ts'],
  (amount) => ({ SHUZHENG_KILL_EVERY: String(amount(2, 12)) }),
);
