import { keepCommitments } from './commitment.js';
import { keepCopies } from './copies.js';
import { keepApplications, keepSessions } from './sessions-schema.js';
import { keepReports, keepResults } from './results-schema.js';

export const migrations = [keepCopies, keepCommitments, keepSessions, keepApplications, keepResults, keepReports];
