import type { Fault } from './harness/fault.js';
import { longForm } from './long/long-form.js';
import { earlierVersions } from './old/checkout.js';
import { underWrites } from './old/under-writes.js';

const proofs = longForm(
  'upgrade',
  'the schema of an earlier version with data, migrated by two at once, killed at each migration, and under the process of that version',
  ['tests/faults/upgrade.spec.ts'],
  (amount) => ({ SHUZHENG_KILL_EVERY: String(amount(2, 12)) }),
);

export const fault: Fault = {
  ...proofs,
  async run(context) {
    for (const version of earlierVersions) await underWrites(context, version);
    await proofs.run(context);
  },
};
