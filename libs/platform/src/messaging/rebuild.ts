import { producerOf } from '@shuzheng/contracts';
import { actingAs, system } from '../actor.js';
import { withdrawals } from '../copies/withdrawals.js';
import { type Database, sql } from '../database.js';
import type { Service } from '../service.js';
import type { Reactions } from './reactions.js';
import { forget } from './rewind.js';

/** Everything a service has that is made of events alone. */
export const projectionsOf = ({ copies, projections = [] }: Pick<Service, 'copies' | 'projections'>) => [
  ...[withdrawals, ...copies].flatMap(({ tables }) => tables),
  ...projections,
];

/** The services whose events a service reacts to. */
export const producersOf = (reactions: Pick<Reactions, 'types'>) => [
  ...new Set(reactions.types().map((type) => producerOf({ type }))),
];

/**
 * The consumer's half of a rebuild: empties what is made of events and forgets how far they were applied. The
 * producers' half is `resend`. What a service owns is left alone: its reactions refuse what they have already done.
 */
export async function emptyProjections(db: Database, service: Service, reactions: Pick<Reactions, 'types'>) {
  await actingAs(system, () =>
    db.transaction(async (tx) => {
      for (const table of projectionsOf(service)) await sql(tx, `delete from ${table}`);
      for (const producer of producersOf(reactions)) await forget(db, producer, () => Promise.resolve());
    }),
  );
}
