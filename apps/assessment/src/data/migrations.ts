import { keepCommitments } from './commitment.js';
import { keepCopies } from './copies.js';
import { keepClassDays } from './schema/class-days.js';
import { keepCandidates } from './schema/candidates.js';
import { guardExtensions } from './schema/extensions.js';
import { keepObjections } from './schema/objections.js';
import { endByRevocation } from './schema/revocations.js';
import { keepReturns } from './schema/returns.js';
import { widenCopies, widenSessions } from './schema/widen-sessions.js';
import { keepApplications, keepSessions } from './sessions-schema.js';
import { keepReports, keepResults } from './results-schema.js';

export const migrations = [
  ...[keepCopies, keepCommitments, keepSessions, keepApplications, keepResults, keepReports],
  ...[widenSessions, widenCopies, keepReturns, keepCandidates, keepObjections],
  ...[keepClassDays, guardExtensions, endByRevocation],
];
