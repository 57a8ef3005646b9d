import { NotYet, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { Step } from '../domain/chain.js';

export interface Counted {
  /** The class, the session or the batch. */
  readonly id: string;
  readonly n: number;
}

/** Adds persons to one step of a chain. */
export function addTo(tx: EntityManager, step: Step, counted: readonly Counted[]) {
  return sql(
    tx,
    `update stage set ${step} = ${step} + heard.n
     from (select id, sum(n)::int as n from unnest($1::uuid[], $2::int[]) as heard (id, n) group by id) as heard
     where stage.id = heard.id`,
    [counted.map(({ id }) => id), counted.map(({ n }) => n)],
  );
}

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
