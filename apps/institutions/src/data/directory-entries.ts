import type { DirectoryEntryRecorded } from '@shuzheng/contracts';
import { actor, Missing, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { EntryAct } from '../domain/entry-states.js';

export interface EntryRow {
  readonly organisationId: string;
  readonly role: string;
  readonly occupationCode: string;
  readonly direction: string | null;
  readonly levels: string[] | null;
  readonly batch: string;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly suspendedFrom: string | null;
  readonly ended: boolean;
}

/** First the organisation, as recording does, so that nothing can slip into days that are being looked at. */
export async function lockEntry(tx: EntityManager, id: string) {
  await sql(
    tx,
    `select 1 from organisation where id = (select organisation_id from directory_entry where id = $1) for no key update`,
    [id],
  );
  const found = await row<EntryRow>(
    tx,
    `select organisation_id as "organisationId", entry.role, occupation_code as "occupationCode", direction,
       string_to_array(levels, ',') as levels, batch, entry.version, valid_from as "validFrom", valid_to as "validTo",
       suspended_from as "suspendedFrom", organisation.ended_from is not null as ended
     from directory_entry as entry join organisation on organisation.id = organisation_id
     where entry.id = $1 for update of entry`,
    [id],
  );
  if (!found) throw new Missing();
  return found;
}

/** Is another entry about the same in force on one of these days? */
export async function isTaken(tx: EntityManager, entryId: string, from: string, to: string | null) {
  if (to !== null && to < from) return false;
  const other = await row(
    tx,
    `select 1 from directory_entry as entry join directory_entry as other using (about)
     where entry.id = $1 and other.id <> $1 and other.in_force && daterange($2, $3, '[]') limit 1`,
    [entryId, from, to],
  );
  return other !== undefined;
}

/** Keeps the versions that stand now, with what made them. */
export const keepEntryVersions = (
  tx: EntityManager,
  ids: readonly string[],
  { act, basis, at }: { act: EntryAct | 'record'; basis?: string; at: Date },
) =>
  sql(
    tx,
    `insert into directory_entry_version (entry_id, version, act, valid_from, valid_to, suspended_from, basis, changed_at, changed_by)
     select id, version, $2, valid_from, valid_to, suspended_from, $3, $4, $5 from directory_entry where id = any ($1::uuid[])`,
    [ids, act, basis ?? null, at, actor().accountId ?? null],
  );

/** The entry as it is announced. */
export const asEvent = (
  entryId: string,
  entry: Omit<EntryRow, 'version' | 'suspendedFrom' | 'ended'>,
): DirectoryEntryRecorded => ({
  entryId,
  organisationId: entry.organisationId,
  role: entry.role,
  occupationCode: entry.occupationCode,
  direction: entry.direction,
  levels: entry.levels,
  from: entry.validFrom,
  to: entry.validTo,
  batch: entry.batch,
});
