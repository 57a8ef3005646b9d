import type { EntityManager } from 'typeorm';
import { type Database, sql } from '../database.js';
import { settle } from './holding.js';

/** What an operator does about parked events. The caller records who did it and why, in the same transaction. */
export class Parking {
  constructor(private readonly db: Database) {}

  /** The cause is gone: the parked event and those behind it are tried again. False when nothing was parked there. */
  replay(producer: string, aggregate: string): Promise<boolean> {
    return this.db.transaction((tx) =>
      changed(
        tx,
        `update cursor set failures = 0, error = null, blocked_at = clock_timestamp(), parked_at = null,
           retry_at = clock_timestamp()
         where producer = $1 and aggregate = $2 and parked_at is not null`,
        [producer, aggregate],
      ),
    );
  }

  /** The parked event is given up: it counts as applied, and those behind it go on. */
  discard(producer: string, aggregate: string): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const gone = await changed(
        tx,
        'update cursor set sequence = sequence + 1 where producer = $1 and aggregate = $2 and parked_at is not null',
        [producer, aggregate],
      );
      if (gone) settle(tx, producer, [aggregate]);
      return gone;
    });
  }
}

const changed = async (tx: EntityManager, text: string, values: readonly unknown[]) =>
  ((await sql(tx, text, values)).rowCount ?? 0) > 0;

/** Aggregates that wait for an operator, for their next event keeps failing: a list of them. */
export const parkedEvents = {
  columns: {
    id: `cursor.producer || '/' || cursor.aggregate`,
    producer: 'cursor.producer',
    aggregate: 'cursor.aggregate',
    sequence: 'held.sequence::int',
    eventId: `held.message->>'id'`,
    type: `held.message->>'type'`,
    failures: 'cursor.failures',
    error: 'cursor.error',
    blockedAt: 'cursor.blocked_at',
    parkedAt: 'cursor.parked_at',
    waiting: `(select count(*)::int - 1 from held as behind
      where behind.producer = cursor.producer and behind.aggregate = cursor.aggregate)`,
  },
  from: `cursor join held on held.producer = cursor.producer and held.aggregate = cursor.aggregate
    and held.sequence = cursor.sequence + 1 and cursor.parked_at is not null`,
};
