import type { EntityManager } from 'typeorm';
import { type Database, sql } from '../database.js';

/** The consumer's half of a rewind: forgets a producer and, with `clear`, what was built from it. */
export function forget(consumer: Database, producer: string, clear: (tx: EntityManager) => Promise<unknown>) {
  return consumer.transaction(async (tx) => {
    await clear(tx);
    await sql(tx, 'delete from held where producer = $1', [producer]);
    await sql(tx, 'delete from cursor where producer = $1', [producer]);
  });
}

/** The producer's half: queues the whole log again. Whoever has applied an event drops it by its cursor. */
export const resend = (producer: Database, destination: string) =>
  producer.transaction((tx) =>
    sql(
      tx,
      `insert into unsent (destination, position, shard, bytes, time)
       select $1, position, shard, octet_length(data::text), time from event
       on conflict do nothing`,
      [destination],
    ),
  );
