import { producerOf } from '@shuzheng/contracts';
import pg from 'pg';
import { actingAs, system } from '../actor.js';
import { withdrawals } from '../copies/withdrawals.js';
import { type Database, sql } from '../database.js';
import type { Service } from '../service.js';
import { inProcessDestination } from './in-process-broker.js';
import { type Reactions, typesHeardBy } from './reactions.js';
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

/**
 * A whole rebuild of one service, by an administrator: for an upgrade whose version hears of more than the one before
 * did. The services may run meanwhile; what is not yet heard again is missing from their lists until it is.
 */
export async function rebuild(service: Service, adminUrl: string) {
  const reactors = [withdrawals, ...service.copies].map(({ keeper }) => keeper);
  const producers = producersOf({ types: () => typesHeardBy([...reactors, ...service.reactions]) });
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  try {
    await admin.query(`begin; set local search_path = ${service.name}`);
    for (const table of projectionsOf(service)) await admin.query(`delete from ${table}`);
    for (const table of ['held', 'cursor'])
      await admin.query(`delete from ${table} where producer = any ($1)`, [producers]);
    for (const producer of producers) await queueAgain(admin, producer, service.name);
    await admin.query('commit');
  } finally {
    await admin.end();
  }
}

/** To the service alone where it has a queue of its own; over a topic everybody hears it, and drops what they know. */
const queueAgain = (admin: pg.Client, producer: string, group: string) =>
  admin.query(
    `insert into ${producer}.unsent (destination, position, shard, bytes, time)
     select destination, position, shard, octet_length(data::text), time
     from ${producer}.event, (select distinct destination from ${producer}.lease) as open
     where destination = $1 or destination not like '% for %'
     on conflict do nothing`,
    [inProcessDestination(producer, group)],
  );
