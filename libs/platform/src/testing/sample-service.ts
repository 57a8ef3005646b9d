import { Injectable, Module } from '@nestjs/common';
import { OrganisationRegistered } from '@shuzheng/contracts';
import type { EntityManager } from 'typeorm';
import { Database, sql } from '../database.js';
import { On } from '../messaging/reactions.js';
import { sqlMigration } from '../migrate.js';
import type { Service } from '../service.js';
import type { TimerHandler } from '../work/timers.js';
import { AmendNoteHandler, TakeNoteHandler } from './sample-commands.js';
import { FaultsController, NotesController } from './sample-routes.js';

@Injectable()
class WhenOrganisationRegistered {
  constructor(private readonly db: Database) {}

  @On(OrganisationRegistered)
  async remember(events: OrganisationRegistered[]) {
    await this.db.transaction((tx) =>
      sql(tx, 'insert into heard (organisation_id) select unnest($1::uuid[])', [
        events.map(({ organisationId }) => organisationId),
      ]),
    );
  }
}

/** Counts its runs; a test makes it fail by setting `failures`. */
@Injectable()
export class Remind implements TimerHandler {
  readonly kind = 'remind';
  failures = 0;

  async run({ noteId }: { noteId: string }, tx: EntityManager) {
    await sql(tx, 'insert into reminder (note_id) values ($1)', [noteId]);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('王小明 370102199003071234');
    }
  }
}

const schema = `
  create table note (
    id                 uuid primary key,
    organisation_id    uuid not null,
    city_code          text not null,
    words              text not null,
    rank               int,
    holder_name_sealed text,
    holder_name_index  text,
    version            int  not null default 1
  );
  comment on table note is 'sealed | what the tests of the platform write down';
  comment on column note.holder_name_sealed is 'sealed | whom the note is about | first sign only';
  comment on column note.holder_name_index is 'sealed | to find a name again | never shown';
  alter table note enable row level security;
  create policy reach on note using (app_sees(organisation_id, city_code));

  create table reminder (note_id uuid not null);
  comment on table reminder is 'internal | which reminders ran, and how often';
  create table heard (organisation_id uuid not null);
  comment on table heard is 'internal | which organisations were heard of';`;

@Module({
  controllers: [NotesController, FaultsController],
  providers: [TakeNoteHandler, AmendNoteHandler, WhenOrganisationRegistered, Remind],
})
class SampleModule {}

/** The smallest service that does everything a service can: the tests of the platform run it. */
export const sample: Service = {
  name: 'oversight',
  title: '样例',
  module: SampleModule,
  migrations: [sqlMigration(1001, 'CreateNote', schema)],
  copies: [],
  reactions: [WhenOrganisationRegistered],
  timers: [Remind],
  keys: ['seal', 'event', 'index'],
  reasons: {
    'note-rude': { title: '用词不当', advice: '请修改用词', source: '样例 一' },
    'note-loud': { title: '语气过重', advice: '请去掉感叹号' },
  },
};
