import { createBatches } from './migrations/1000-batches.js';
import { createDecisions } from './migrations/1001-decisions.js';
import { createCertificates } from './migrations/1002-certificates.js';
import { createAmendments } from './migrations/1003-amendments.js';

export const migrations = [createBatches, createDecisions, createCertificates, createAmendments];
