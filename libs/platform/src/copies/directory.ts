import { Injectable } from '@nestjs/common';
import {
  DirectoryEntryRecorded,
  DirectoryEntryResumed,
  DirectoryEntrySuspended,
  OrganisationStatusChanged,
} from '@shuzheng/contracts';
import type { EntityManager } from 'typeorm';
import { Database, row, rows, sql } from '../database.js';
import { On } from '../messaging/reactions.js';
import { type Copy, latestOf } from './copy.js';
import { type Cover, type CoverAsk, coverOf, type DirectoryEntry, type Standing } from './cover.js';

/** The ministry's directory, as institutions announced it. */
@Injectable()
export class Directory {
  constructor(private readonly db: Database) {}

  @On(DirectoryEntryRecorded)
  async remember(heard: DirectoryEntryRecorded[]) {
    const events = latestOf(heard, ({ entryId }) => entryId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_directory_entry (entry_id, organisation_id, role, occupation_code, direction, levels, valid_from, valid_to)
         select entry, organisation, role, occupation, direction, array(select json_array_elements_text(nullif(levels, 'null')::json)), "from", "to"
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[])
           as heard (entry, organisation, role, occupation, direction, levels, "from", "to")
         on conflict (entry_id) do update set valid_from = excluded.valid_from, valid_to = excluded.valid_to,
           direction = excluded.direction, levels = excluded.levels`,
        [
          events.map(({ entryId }) => entryId),
          events.map(({ organisationId }) => organisationId),
          events.map(({ role }) => role),
          events.map(({ occupationCode }) => occupationCode),
          events.map(({ direction }) => direction),
          events.map(({ levels }) => JSON.stringify(levels)),
          events.map(({ from }) => from),
          events.map(({ to }) => to),
        ],
      ),
    );
  }

  @On(DirectoryEntrySuspended)
  async suspend(events: DirectoryEntrySuspended[]) {
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update known_directory_entry set suspended_from = heard."from"
         from unnest($1::uuid[], $2::date[]) as heard (entry, "from") where entry_id = heard.entry`,
        [events.map(({ entryId }) => entryId), events.map(({ from }) => from)],
      ),
    );
  }

  @On(DirectoryEntryResumed)
  async resume(events: DirectoryEntryResumed[]) {
    await this.db.transaction((tx) =>
      sql(tx, 'update known_directory_entry set suspended_from = null where entry_id = any ($1::uuid[])', [
        events.map(({ entryId }) => entryId),
      ]),
    );
  }

  @On(OrganisationStatusChanged)
  async rememberStanding(heard: OrganisationStatusChanged[]) {
    const events = latestOf(heard, ({ organisationId }) => organisationId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_standing (organisation_id, status, "from")
         select * from unnest($1::uuid[], $2::text[], $3::date[])
         on conflict (organisation_id) do update set status = excluded.status, "from" = excluded."from"`,
        [
          events.map(({ organisationId }) => organisationId),
          events.map(({ status }) => status),
          events.map(({ from }) => from),
        ],
      ),
    );
  }

  /** Was this organisation allowed to do this on that day, and by which entry? */
  async cover(tx: EntityManager, organisationId: string, ask: CoverAsk): Promise<Cover> {
    const entries = await rows<DirectoryEntry>(
      tx,
      `select entry_id as "entryId", role, occupation_code as "occupationCode", direction,
         case when cardinality(levels) = 0 then null else levels end as levels,
         valid_from as "from", valid_to as "to", suspended_from as "suspendedFrom"
       from known_directory_entry where organisation_id = $1 order by valid_from, entry_id`,
      [organisationId],
    );
    const standing = await row<Standing>(tx, 'select status, "from" from known_standing where organisation_id = $1', [
      organisationId,
    ]);
    return coverOf(entries, ask, standing);
  }
}

export const directory: Copy = {
  name: 'directory',
  tables: ['known_directory_entry', 'known_standing'],
  keeper: Directory,
  schema: `
    create table known_directory_entry (
      entry_id        uuid   primary key,
      organisation_id uuid   not null,
      role            text   not null,
      occupation_code text   not null,
      direction       text,
      levels          text[] not null,
      valid_from      date   not null,
      valid_to        date,
      suspended_from  date
    );
    comment on table known_directory_entry is 'public | copy of the institutions service; no levels means all';
    create index known_directory_entry_of on known_directory_entry (organisation_id);
    create table known_standing (
      organisation_id uuid primary key,
      status          text not null,
      "from"          date not null
    );
    comment on table known_standing is 'public | copy of the institutions service; none means active';`,
};
