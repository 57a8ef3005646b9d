import { sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** Something that happened to what a part's clock waits for. */
export interface PartEvent {
  readonly batchId: string;
  readonly part: number;
  readonly day: string;
  readonly what: 'confirmed' | 'returned' | 'removed';
  readonly n: number;
}

/** Keeps it by the day for the clock's story, and the last day on which rows of the part were returned. */
export async function keepPartEvents(tx: EntityManager, events: readonly PartEvent[]) {
  const told = events.filter(({ n }) => n > 0);
  if (told.length === 0) return;
  await sql(tx, keep, [
    told.map(({ batchId }) => batchId),
    told.map(({ part }) => part),
    told.map(({ day }) => day),
    told.map(({ what }) => what),
    told.map(({ n }) => n),
  ]);
}

const keep = `
  with heard as (
    select clock.id, heard.day, heard.what, sum(heard.n)::int as n
    from unnest($1::uuid[], $2::int[], $3::date[], $4::text[], $5::int[]) as heard (batch_id, part, day, what, n)
    join clock on clock.kind = 'confirmation' and clock.subject_id = heard.batch_id and clock.part = heard.part
    group by clock.id, heard.day, heard.what
  ), returned as (
    update clock set returned_on = greatest(clock.returned_on, heard.day)
    from (select id, max(day) as day from heard where what = 'returned' group by id) as heard where clock.id = heard.id
  )
  insert into clock_event (clock_id, day, what, n) select id, day, what, n from heard
  on conflict (clock_id, day, what) do update set n = clock_event.n + excluded.n`;
