import { randomUUID } from 'node:crypto';
import { shardOf } from '../../libs/platform/src/messaging/broker.js';
import { type Database } from '../../libs/platform/src/database.js';
import { SeatTaken } from '../../libs/platform/src/messaging/testing/events.js';

export const EVENTS = 100_000;
export const AGGREGATES = 5000;
/** Makes the data of an event 300 bytes of JSON. */
const NOTE = 'x'.repeat(168);

export interface Seat {
  readonly classId: string;
  readonly sequence: number;
  readonly data: SeatTaken;
}

/** So many events of so many aggregates, their aggregates in no order. */
export function someSeats(size: number): Seat[] {
  const classes = Array.from({ length: Math.ceil(AGGREGATES * size) }, () => ({
    classId: randomUUID(),
    seats: 0,
  }));
  return Array.from({ length: Math.ceil(EVENTS * size) }, (_, i) => {
    const one = classes[Math.floor(Math.random() * classes.length)]!;
    const data = { classId: one.classId, learnerId: randomUUID(), seat: i, note: NOTE };
    return { classId: one.classId, sequence: ++one.seats, data };
  });
}

/** The log of a producer that has announced these. */
export async function fillLog(db: Database, seats: readonly Seat[]) {
  for (let at = 0; at < seats.length; at += 5000) {
    const part = seats.slice(at, at + 5000);
    await db.query(
      `insert into event (id, shard, aggregate, sequence, type, data, origin)
       select gen_random_uuid(), shard, aggregate, sequence, $5, data, '{"actor":"system"}'
       from unnest($1::smallint[], $2::text[], $3::bigint[], $4::json[]) with ordinality
         as said (shard, aggregate, sequence, data, said) order by said`,
      [
        part.map(({ classId }) => shardOf(classId)),
        part.map(({ classId }) => classId),
        part.map(({ sequence }) => sequence),
        part.map(({ data }) => JSON.stringify(data)),
        SeatTaken.type,
      ],
    );
  }
}
