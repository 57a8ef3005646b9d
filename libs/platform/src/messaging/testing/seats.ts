import { randomUUID } from 'node:crypto';
import { type Database, sql } from '../../database.js';
import type { Message } from '../broker.js';
import { announce } from '../event-log.js';
import { On } from '../reactions.js';
import { SeatTaken } from './events.js';

export const someClasses = (n: number) => Array.from({ length: n }, () => randomUUID() as string);
export const aSeat = (classId: string, note = '') => ({ classId, learnerId: randomUUID(), seat: 0, note });

/** `writers` transactions at a time; each takes seats in one to three of the classes. */
export async function takeSeats(db: Database, classes: readonly string[], transactions: number, writers = 16) {
  let left = transactions;
  const anyClass = () => classes[Math.floor(Math.random() * classes.length)] ?? '';
  const writer = async () => {
    while (left-- > 0) {
      const chosen = Array.from({ length: 1 + Math.floor(Math.random() * 3) }, anyClass);
      await db.transaction(async (tx) => chosen.forEach((id) => announce(tx, SeatTaken, aSeat(id, 'x'.repeat(100)))));
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
}

/** Copies seats under the number their event has; `fault` makes some of them fail. */
export class WhenSeatTaken {
  fault: (event: SeatTaken, message: Message) => Error | undefined = () => undefined;

  constructor(private readonly db: Database) {}

  @On(SeatTaken)
  copySeats(events: SeatTaken[], messages: Message[]) {
    return this.db.transaction((tx) => {
      events.forEach((event, i) => {
        const message = messages[i];
        const error = message && this.fault(event, message);
        if (error) throw error;
      });
      return sql(tx, copy, [
        events.map(({ classId }) => classId),
        events.map(({ learnerId }) => learnerId),
        messages.map(({ sequence }) => sequence),
        events.map(({ note }) => note),
      ]);
    });
  }
}

const copy = `
  insert into seat (class_id, learner_id, seat, note)
  select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[])`;

export const count = async (db: Database, table: string) =>
  Number((await db.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n);

/** Empty when each class's seats were copied once each, in order. */
export const faults = async (db: Database) =>
  (
    await db.query(`
    select * from (
      select class_id, seat, row_number() over (partition by class_id order by nth) as was from seat
    ) as seats where seat <> was limit 5`)
  ).rows;

/** What the copies are, whatever the order they came in. */
export const digest = async (db: Database) =>
  (
    await db.query<{ md5: string }>(
      `select md5(string_agg(concat_ws('|', class_id, seat, learner_id, note), ',' order by class_id, seat)) from seat`,
    )
  ).rows[0]?.md5;

export async function until(done: () => Promise<boolean> | boolean, ms = 30_000) {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`it did not happen in ${ms} ms`);
}
