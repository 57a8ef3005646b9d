import { rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { DirectoryFault, Entry, FoundRow, ParsedRow } from '../domain/checking-directory-rows.js';

/** What the registry knows of the organisation and the occupation that each row names, in the order of the rows. */
export const findRows = (tx: EntityManager, asked: readonly ParsedRow[]) =>
  rows<FoundRow>(
    tx,
    `select coalesce(coded.id, named.id) as "organisationId", coalesce(coded.role, named.role) as "organisationRole",
       coalesce(coded.ended_from, named.ended_from) is not null as ended,
       coalesce(name_key(coded.name) <> name_key(asked.name), false) as "nameDiffers",
       found.code as "occupationCode",
       coalesce(nullif(asked.occupation_name, '') <> found.name, false) as "occupationDiffers"
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
       as asked (code, name, role, occupation, occupation_name, nth)
     left join organisation as coded on coded.id = (
       select id from organisation where credit_code = asked.code and role <> 'operator'
       order by role <> asked.role || '-institution' limit 1)
     left join organisation as named on coded.id is null and name_key(named.name) = name_key(asked.name)
       and named.role = asked.role || '-institution' and named.ended_from is null
       and (asked.code is null or named.credit_code is null)
     left join lateral (
       select code, name from occupation
       where asked.occupation in (code, current_code, former_code) order by code <> asked.occupation limit 1
     ) as found on true
     order by nth`,
    [
      asked.map(({ creditCode }) => creditCode),
      asked.map(({ name }) => name),
      asked.map(({ role }) => role ?? null),
      asked.map(({ occupationCode }) => occupationCode),
      asked.map(({ occupationName }) => occupationName),
    ],
  );

/** Locked in one order, as recording a single entry locks one. */
export const lockOrganisations = (tx: EntityManager, ids: readonly string[]) =>
  sql(tx, 'select 1 from organisation where id = any ($1::uuid[]) order by id for no key update', [ids]);

const columnsOf = (entries: readonly Entry[]) => [
  entries.map(({ organisationId }) => organisationId),
  entries.map(({ role }) => role),
  entries.map(({ occupationCode }) => occupationCode),
  entries.map(({ direction }) => direction),
  entries.map(({ levels }) => levels),
  entries.map(({ from }) => from),
  entries.map(({ to }) => to),
];

/** The rows about something that an entry covers already on one of their days. */
export async function overlappingRows(
  tx: EntityManager,
  entries: readonly (Entry | undefined)[],
): Promise<DirectoryFault[]> {
  const whole = entries.flatMap((entry, index) =>
    entry && (entry.to === null || entry.from <= entry.to) ? [{ entry, index }] : [],
  );
  const found = await rows<{ index: number }>(
    tx,
    `select index from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[], $8::int[])
       as asked (organisation, role, occupation, direction, levels, "from", "to", index)
     where exists (
       select from directory_entry as entry
       where organisation_id = asked.organisation and entry.role = asked.role and occupation_code = asked.occupation
         and entry.direction is not distinct from asked.direction and entry.levels is not distinct from asked.levels
         and in_force && daterange(asked."from", asked."to", '[]')
     ) order by index`,
    [...columnsOf(whole.map(({ entry }) => entry)), whole.map(({ index }) => index)],
  );
  return found.map(({ index }) => ({ index, field: 'from', rule: 'directory-entry-overlaps' }));
}

export interface BatchOf {
  readonly batchId: string;
  readonly batch: string;
  readonly source: string;
  readonly at: Date;
}

export const insertEntries = (
  tx: EntityManager,
  ids: readonly string[],
  entries: readonly Entry[],
  { batchId, batch, source, at }: BatchOf,
) =>
  sql(
    tx,
    `insert into directory_entry (organisation_id, role, occupation_code, direction, levels, valid_from, valid_to, id,
       batch_id, batch, source, recorded_at)
     select *, $9, $10, $11, $12::timestamptz
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[], $8::uuid[])`,
    [...columnsOf(entries), ids, batchId, batch, source, at],
  );
