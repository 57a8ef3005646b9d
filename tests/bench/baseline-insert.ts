import type { Database } from '../../libs/platform/src/database.js';
import type { Seat } from './events.js';

const insert = `
  insert into seat (class_id, learner_id, seat, note)
  select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[])`;

/** One prepared statement a batch, and nothing that would notice a repeat. */
export async function inserting(db: Database, batches: readonly (readonly Seat[])[]) {
  for (const batch of batches)
    await db.query(insert, [
      batch.map(({ data }) => data.classId),
      batch.map(({ data }) => data.learnerId),
      batch.map(({ sequence }) => sequence),
      batch.map(({ data }) => data.note),
    ]);
}
