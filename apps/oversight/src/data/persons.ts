import { sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** In a statement: the person who goes on under that id. */
export const goingOn = (person: string) =>
  `coalesce((select alias.person_id from person_alias as alias where alias.merged_person_id = ${person}), ${person})`;

const withPersons = ['trainee', 'candidate', 'data_row'];

/** Two entries were one person: everything is counted for the one that stays. */
export async function mergePersons(tx: EntityManager, merged: readonly string[], staying: readonly string[]) {
  await sql(
    tx,
    `insert into person_alias (merged_person_id, person_id) select * from unnest($1::uuid[], $2::uuid[])
     on conflict (merged_person_id) do update set person_id = excluded.person_id`,
    [merged, staying],
  );
  await sql(
    tx,
    `update person_alias set person_id = heard.person_id
     from unnest($1::uuid[], $2::uuid[]) as heard (merged_person_id, person_id)
     where person_alias.person_id = heard.merged_person_id`,
    [merged, staying],
  );
  for (const table of withPersons)
    await sql(
      tx,
      `update ${table} set person_id = alias.person_id from person_alias as alias
       where ${table}.person_id = alias.merged_person_id and alias.merged_person_id = any($1::uuid[])`,
      [merged],
    );
}
