import { Injectable } from '@nestjs/common';
import { DueDayExtended } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** The office gave a batch another day, to confirm or to issue: status lines say that day. */
@Injectable()
export class WhenDueDayExtended {
  constructor(private readonly db: Database) {}

  @On(DueDayExtended)
  remember(heard: DueDayExtended[]) {
    const ours = heard.filter(({ kind }) => kind === 'confirmation' || kind === 'issue');
    const events = latestOf(ours, ({ kind, subjectId, part }) => `${kind}/${subjectId}/${part}`);
    return this.db.transaction((tx) =>
      sql(
        tx,
        `insert into extended_due_day (kind, subject_id, part, organisation_id, effective_due_on, decided_on)
         select * from unnest($1::text[], $2::uuid[], $3::int[], $4::uuid[], $5::date[], $6::date[])
         on conflict (kind, subject_id, part) do update set effective_due_on = excluded.effective_due_on,
           decided_on = excluded.decided_on`,
        [
          events.map(({ kind }) => kind),
          events.map(({ subjectId }) => subjectId),
          events.map(({ part }) => part),
          events.map(({ organisationId }) => organisationId),
          events.map(({ effectiveDueOn }) => effectiveDueOn),
          events.map(({ decidedOn }) => decidedOn),
        ],
      ),
    );
  }
}
