import { Injectable } from '@nestjs/common';
import {
  DirectoryEntryRecorded,
  DirectoryEntryResumed,
  DirectoryEntrySuspended,
  OrganisationStatusChanged,
} from '@shuzheng/contracts';
import type { EntityManager } from 'typeorm';
import { Database, rows, sql, together } from '../database.js';
import type { Message } from '../messaging/broker.js';
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
  suspend(events: DirectoryEntrySuspended[], messages: Message[]) {
    return this.keepEntryChanges(events, messages, true);
  }

  @On(DirectoryEntryResumed)
  resume(events: DirectoryEntryResumed[], messages: Message[]) {
    return this.keepEntryChanges(events, messages, false);
  }

  /** Changes are kept, not only the last: each day is judged by what was recorded last among what counts on that day. */
  private async keepEntryChanges(
    events: readonly { readonly entryId: string; readonly from: string }[],
    messages: readonly Message[],
    suspended: boolean,
  ) {
    const entryIds = events.map(({ entryId }) => entryId);
    await this.db.transaction(async (tx) => {
      await holdEntries(tx, 'entry_id', entryIds);
      await sql(
        tx,
        `insert into known_entry_change (entry_id, sequence, suspended, "from")
         select entry, sequence, $4, "from" from unnest($1::uuid[], $2::bigint[], $3::date[]) as heard (entry, sequence, "from")
         on conflict (entry_id, sequence) do nothing`,
        [entryIds, messages.map(({ sequence }) => sequence), events.map(({ from }) => from), suspended],
      );
    });
  }

  @On(OrganisationStatusChanged)
  async rememberStanding(events: OrganisationStatusChanged[], messages: Message[]) {
    const organisationIds = events.map(({ organisationId }) => organisationId);
    await this.db.transaction(async (tx) => {
      await holdEntries(tx, 'organisation_id', organisationIds);
      await sql(
        tx,
        `insert into known_standing_change (organisation_id, sequence, status, "from")
         select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::date[])
         on conflict (organisation_id, sequence) do nothing`,
        [
          organisationIds,
          messages.map(({ sequence }) => sequence),
          events.map(({ status }) => status),
          events.map(({ from }) => from),
        ],
      );
    });
  }

  /**
   * Was this organisation allowed to do this on that day, and by which entry? The entries stay as they are until the
   * transaction ends: a suspension that is heard meanwhile comes after what was judged without it.
   */
  async cover(tx: EntityManager, organisationId: string, ask: CoverAsk): Promise<Cover> {
    // Sent together, held first and read after: what was heard while this waited is then seen.
    const [, entries, [standing]] = await together([
      sql(tx, 'select from known_directory_entry where organisation_id = $1 order by entry_id for share', [
        organisationId,
      ]),
      rows<DirectoryEntry>(
        tx,
        `select entry_id as "entryId", role, occupation_code as "occupationCode", direction,
           case when cardinality(levels) = 0 then null else levels end as levels,
           valid_from as "from", valid_to as "to",
           (select case when suspended then change."from" end from known_entry_change as change
            where change.entry_id = entry.entry_id and change."from" <= $2 order by sequence desc limit 1) as "suspendedFrom"
         from known_directory_entry as entry where organisation_id = $1 order by valid_from, entry_id`,
        [organisationId, ask.day],
      ),
      rows<Standing>(
        tx,
        `select status, "from" from known_standing_change
         where organisation_id = $1 and "from" <= $2 order by sequence desc limit 1`,
        [organisationId, ask.day],
      ),
    ]);
    return coverOf(entries, ask, standing);
  }
}

/** Waits for decisions that rest on these entries, so that a change is applied after what was judged without it. */
const holdEntries = (tx: EntityManager, of: 'entry_id' | 'organisation_id', ids: readonly string[]) =>
  sql(tx, `select from known_directory_entry where ${of} = any ($1::uuid[]) order by entry_id for update`, [ids]);

export const directory: Copy = {
  name: 'directory',
  tables: ['known_directory_entry', 'known_entry_change', 'known_standing_change'],
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
  changes: [
    {
      number: 201,
      name: 'KnowStandings',
      schema: `
        create table if not exists known_standing (
          organisation_id uuid primary key,
          status          text not null,
          "from"          date not null
        );
        comment on table known_standing is 'public | copy of the institutions service; none means active';`,
    },
    {
      number: 211,
      name: 'KnowEveryChangeOfStanding',
      // What these replace stays for one release: the version before still reads it while it is migrated.
      schema: `
          create table known_standing_change (
            organisation_id uuid   not null,
            sequence        bigint not null,
            status          text   not null,
            "from"          date   not null,
            primary key (organisation_id, sequence)
          );
          comment on table known_standing_change is 'public | copy of the institutions service; none means active';
          insert into known_standing_change select organisation_id, 0, status, "from" from known_standing;

          create table known_entry_change (
            entry_id  uuid    not null,
            sequence  bigint  not null,
            suspended boolean not null,
            "from"    date    not null,
            primary key (entry_id, sequence)
          );
          comment on table known_entry_change is 'public | copy of the institutions service; none means never suspended';
          insert into known_entry_change
          select entry_id, 0, true, suspended_from from known_directory_entry where suspended_from is not null;`,
    },
  ],
};
