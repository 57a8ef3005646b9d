import { type Database, sql } from '../database.js';
import { register } from './leases.js';
import { resend } from './rewind.js';

/**
 * Opens the destinations of a service and closes those it no longer has. One that is new gets the whole log: whoever
 * has applied an event drops the repeat. One that nobody serves would otherwise collect events for ever.
 */
export async function openDestinations(db: Database, destinations: readonly string[]) {
  await db.query('delete from lease where destination <> all($1::text[])', [destinations]);
  await db.query('delete from unsent where destination <> all($1::text[])', [destinations]);
  const { rows } = await db.query<{ destination: string }>('select distinct destination from lease');
  const known = new Set(rows.map(({ destination }) => destination));
  for (const destination of destinations.filter((one) => !known.has(one))) await open(db, destination);
}

/** Together or not at all; and the lock waits for announcements on their way, which do not know the destination yet. */
const open = (db: Database, destination: string) =>
  db.transaction(async (tx) => {
    await sql(tx, 'lock table lease in access exclusive mode');
    await register(db, destination);
    await resend(db, destination);
  });
