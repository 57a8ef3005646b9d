import { createBatches } from './migrations/1000-batches.js';
import { createDecisions } from './migrations/1001-decisions.js';
import { createCertificates } from './migrations/1002-certificates.js';
import { createAmendments } from './migrations/1003-amendments.js';
import { addRowFacts } from './migrations/1020-row-facts.js';
import { createAmendmentsOfEveryKind } from './migrations/1021-amendments-of-every-kind.js';
import { createPrintOrders } from './migrations/1022-print-orders.js';
import { endRows } from './migrations/1100-rows-that-end.js';
import { guardAliases, keepIssueDueDays } from './migrations/1101-guarded-aliases.js';
import { voidNumbers } from './migrations/1103-numbers-of-void-results.js';
import { keepRevokedTraining } from './migrations/1104-revoked-training.js';
import { createSignalFacts } from './migrations/1040-signal-facts.js';
import { createSignals } from './migrations/1041-signals.js';
import { createSamples } from './migrations/1042-samples.js';
import { holdSignalSteps } from './migrations/1043-signal-steps.js';

export const migrations = [
  createBatches,
  createDecisions,
  createCertificates,
  createAmendments,
  addRowFacts,
  createAmendmentsOfEveryKind,
  createPrintOrders,
  createSignalFacts,
  createSignals,
  createSamples,
  holdSignalSteps,
  endRows,
  guardAliases,
  keepIssueDueDays,
  voidNumbers,
  keepRevokedTraining,
];
