import { Injectable } from '@nestjs/common';
import { DueDayExtended } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** The office has given a session another day for its result report. */
@Injectable()
export class WhenDueDayExtended {
  constructor(private readonly db: Database) {}

  @On(DueDayExtended)
  async remember(events: DueDayExtended[]) {
    const reports = events.filter(({ kind }) => kind === 'result-report');
    const latest = latestOf(reports, ({ subjectId }) => subjectId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_extension (session_id, organisation_id, effective_due_on)
         select * from unnest($1::uuid[], $2::uuid[], $3::date[])
         on conflict (session_id) do update set effective_due_on = excluded.effective_due_on`,
        [
          latest.map(({ subjectId }) => subjectId),
          latest.map(({ organisationId }) => organisationId),
          latest.map(({ effectiveDueOn }) => effectiveDueOn),
        ],
      ),
    );
  }
}
