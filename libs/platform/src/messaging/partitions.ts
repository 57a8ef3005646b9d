import type { Database } from '../database.js';

/**
 * Prepares the log for this month and the next ones. For the migration command, and daily for the running service:
 * an event whose month is not there is kept in the rest, and moved when its month is made.
 */
export const ensurePartitions = (db: Database, months = 3) =>
  db.query(`select partitions((clock_timestamp() at time zone 'UTC')::date, $1)`, [months]);
