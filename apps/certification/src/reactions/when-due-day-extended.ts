import { Injectable } from '@nestjs/common';
import { DueDayExtended } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** The office gave a part another day to be confirmed by, or an approval to be issued by: status lines say that day. */
@Injectable()
export class WhenDueDayExtended {
  constructor(private readonly db: Database) {}

  @On(DueDayExtended)
  remember(heard: DueDayExtended[]) {
    const ours = heard.filter(({ kind }) => kind === 'confirmation' || kind === 'issue');
    return this.db.transaction(async (tx) => {
      await keepOfParts(
        tx,
        ours.filter(({ approvedOn }) => approvedOn === undefined),
      );
      await keepOfApprovals(
        tx,
        ours.filter(({ approvedOn }) => approvedOn !== undefined),
      );
    });
  }
}

async function keepOfParts(tx: EntityManager, heard: readonly DueDayExtended[]) {
  const events = latestOf(heard, ({ kind, subjectId, part }) => `${kind}/${subjectId}/${part}`);
  await sql(
    tx,
    `insert into extended_due_day (kind, subject_id, part, organisation_id, effective_due_on, decided_on)
     select * from unnest($1::text[], $2::uuid[], $3::int[], $4::uuid[], $5::date[], $6::date[])
     on conflict (kind, subject_id, part) do update set effective_due_on = excluded.effective_due_on,
       decided_on = excluded.decided_on`,
    [
      events.map(({ kind }) => kind),
      events.map(({ subjectId }) => subjectId),
      events.map(({ part }) => part),
      ...daysOf(events),
    ],
  );
}

async function keepOfApprovals(tx: EntityManager, heard: readonly DueDayExtended[]) {
  const events = latestOf(heard, ({ subjectId, approvedOn }) => `${subjectId}/${approvedOn}`);
  await sql(
    tx,
    `insert into issue_due_day (batch_id, approved_on, organisation_id, effective_due_on, decided_on)
     select * from unnest($1::uuid[], $2::date[], $3::uuid[], $4::date[], $5::date[])
     on conflict (batch_id, approved_on) do update set effective_due_on = excluded.effective_due_on,
       decided_on = excluded.decided_on`,
    [events.map(({ subjectId }) => subjectId), events.map(({ approvedOn }) => approvedOn), ...daysOf(events)],
  );
}

const daysOf = (events: readonly DueDayExtended[]) => [
  events.map(({ organisationId }) => organisationId),
  events.map(({ effectiveDueOn }) => effectiveDueOn),
  events.map(({ decidedOn }) => decidedOn),
];
