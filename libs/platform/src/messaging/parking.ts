import type { EntityManager } from 'typeorm';
import { type Database, sql } from '../database.js';
import { settle } from './holding.js';

/** An aggregate that waits for an operator: its next event keeps failing. */
export interface ParkedAggregate {
  readonly producer: string;
  readonly aggregate: string;
  /** The event that fails. */
  readonly sequence: number;
  readonly eventId: string;
  readonly type: string;
  readonly failures: number;
  readonly error: string;
  readonly blockedAt: Date;
  readonly parkedAt: Date;
  /** How many events wait behind it. */
  readonly behind: number;
}

/** What an operator does about parked events. The caller records who did it and why, in the same transaction. */
export class Parking {
  constructor(private readonly db: Database) {}

  async parked(): Promise<ParkedAggregate[]> {
    const { rows } = await this.db.query<ParkedAggregate & { sequence: string }>(parked);
    return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
  }

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

const parked = `
  select producer, aggregate, cursor.sequence + 1 as sequence, message->>'id' as "eventId", message->>'type' as type,
    failures, error, blocked_at as "blockedAt", parked_at as "parkedAt",
    (select count(*)::int - 1 from held as behind
     where behind.producer = cursor.producer and behind.aggregate = cursor.aggregate) as behind
  from cursor join held using (producer, aggregate)
  where parked_at is not null and held.sequence = cursor.sequence + 1
  order by parked_at`;
