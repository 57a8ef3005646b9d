import { NotYet, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** The rows a set needs from another topic: one that is missing will come. */
export async function knownOrNotYet(tx: EntityManager, table: 'exam_plan' | 'stage', heard: readonly string[]) {
  const ids = [...new Set(heard)];
  const known = await rows(tx, `select id from ${table} where id = any($1::uuid[])`, [ids]);
  if (known.length < ids.length) throw new NotYet(`a row of ${table} has not been heard of`);
}

/** The city of each stage: what follows from it is seen there. */
export async function citiesOf(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const known = await rows<{ id: string; cityCode: string }>(
    tx,
    'select id, city_code as "cityCode" from stage where id = any($1::uuid[])',
    [ids],
  );
  return new Map(known.map(({ id, cityCode }) => [id, cityCode]));
}

/** How far a class or a session is, and since when. */
export interface Reached {
  readonly id: string;
  readonly state: string;
  readonly since: string;
}

/** Moves classes and sessions on. What is cancelled stays so. */
export const reach = (tx: EntityManager, reached: readonly Reached[]) =>
  sql(
    tx,
    `update stage set state = heard.state, since = heard.since
     from unnest($1::uuid[], $2::text[], $3::date[]) as heard (id, state, since)
     where stage.id = heard.id and stage.state <> 'cancelled'`,
    [reached.map(({ id }) => id), reached.map(({ state }) => state), reached.map(({ since }) => since)],
  );

/** Other days of a class or a session. */
export const reschedule = (
  tx: EntityManager,
  heard: readonly { readonly id: string; readonly from: string; readonly to: string }[],
) =>
  sql(
    tx,
    `update stage set starts_on = heard.first, ends_on = heard.last
     from unnest($1::uuid[], $2::date[], $3::date[]) as heard (id, first, last) where stage.id = heard.id`,
    [heard.map(({ id }) => id), heard.map(({ from }) => from), heard.map(({ to }) => to)],
  );
