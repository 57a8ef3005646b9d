import { longForm } from './long/long-form.js';

export const fault = longForm(
  'races',
  'confirmers, issuers, revokers, learners and the directory meet in the middle of their transactions',
  ['apps/certification/src/races.spec.ts', 'apps/assessment/src/races.spec.ts', 'apps/enrollment/src/races.spec.ts'],
  (amount) => ({ SHUZHENG_ROUNDS: String(amount(40, 3)) }),
);
