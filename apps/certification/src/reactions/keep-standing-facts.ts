import { Injectable } from '@nestjs/common';
import {
  AttachmentDeclared,
  DirectoryEntryRecorded,
  DirectoryEntryResumed,
  DirectoryEntrySuspended,
  OrganisationStatusChanged,
  RuleRecorded,
  RuleWithdrawn,
} from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, sql } from '@shuzheng/platform';
import { askForSignals } from '../data/signal-rounds.js';

const batchesOf = 'batch.organisation_id = any($2::uuid[])';
const batchesIn = 'batch.occupation_code = any($2::text[])';

/** Who is attached to whom; and when the directory or the standard hours change, what is undecided is looked at again. */
@Injectable()
export class KeepStandingFacts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @On(AttachmentDeclared)
  attach(heard: AttachmentDeclared[]) {
    const events = latestOf(heard, ({ attachmentId }) => attachmentId);
    const institutions = events.map(({ organisationId }) => organisationId);
    return this.db.transaction(async (tx) => {
      await sql(tx, keepAttachments, [
        events.map(({ attachmentId }) => attachmentId),
        events.map(({ accountId }) => accountId),
        institutions,
        events.map(({ from }) => from),
        events.map(({ to }) => to),
      ]);
      const concerned = `${batchesOf} or row.class_id in (select class_id from known_class where organisation_id = any($2::uuid[]))`;
      await askForSignals(tx, this.clock.now(), concerned, [institutions]);
    });
  }

  @On(DirectoryEntryRecorded)
  enter(events: DirectoryEntryRecorded[]) {
    return this.ask(batchesOf, idsOf(events));
  }

  @On(DirectoryEntrySuspended)
  suspend(events: DirectoryEntrySuspended[]) {
    return this.ask(batchesOf, idsOf(events));
  }

  @On(DirectoryEntryResumed)
  resume(events: DirectoryEntryResumed[]) {
    return this.ask(batchesOf, idsOf(events));
  }

  @On(OrganisationStatusChanged)
  stand(events: OrganisationStatusChanged[]) {
    return this.ask(batchesOf, idsOf(events));
  }

  @On(RuleRecorded)
  record(events: RuleRecorded[]) {
    const hours = events.filter(({ rule }) => rule === 'hours');
    return this.ask(
      batchesIn,
      hours.map(({ scope }) => scope),
    );
  }

  @On(RuleWithdrawn)
  withdraw(events: RuleWithdrawn[]) {
    return this.ask(
      batchesIn,
      events.map(({ scope }) => scope),
    );
  }

  private async ask(condition: string, of: readonly string[]) {
    if (of.length === 0) return;
    await this.db.transaction((tx) => askForSignals(tx, this.clock.now(), condition, [of]));
  }
}

const idsOf = (events: readonly { readonly organisationId: string }[]) =>
  events.map(({ organisationId }) => organisationId);

const keepAttachments = `
  insert into known_attachment (attachment_id, account_id, organisation_id, "from", "to")
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::date[])
  on conflict (attachment_id) do update set "from" = excluded."from", "to" = excluded."to"`;
