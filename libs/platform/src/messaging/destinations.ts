import type { Database } from '../database.js';
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
  for (const destination of destinations.filter((one) => !known.has(one))) {
    await register(db, destination);
    await resend(db, destination);
  }
}
