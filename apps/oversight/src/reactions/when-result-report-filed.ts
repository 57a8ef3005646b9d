import { Injectable } from '@nestjs/common';
import { ResultReportFiled } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';
import { stopClocks } from '../data/clocks.js';
import { reach } from '../data/stages.js';

@Injectable()
export class WhenResultReportFiled {
  constructor(private readonly db: Database) {}

  /** The first part stops the clock. No document sets a time limit for a part that was returned. */
  @On(ResultReportFiled)
  async stopTheClock(events: ResultReportFiled[]) {
    const rows = events.flatMap(({ rows, part, filedOn }) => rows.map(({ resultId }) => ({ resultId, part, filedOn })));
    await this.db.transaction(async (tx) => {
      const reported = events.map(({ sessionId, filedOn }) => ({ id: sessionId, state: 'reported', since: filedOn }));
      await reach(tx, reported);
      await sql(tx, keep, [
        rows.map(({ resultId }) => resultId),
        rows.map(({ part }) => part),
        rows.map(({ filedOn }) => filedOn),
      ]);
      const stops = events.map(({ sessionId, filedOn }) => ({ subjectId: sessionId, on: filedOn }));
      await stopClocks(tx, 'result-report', stops);
    });
  }
}

const keep = `
  update candidate set reported_part = heard.part, reported_on = heard.day
  from (
    select distinct on (id) * from unnest($1::uuid[], $2::int[], $3::date[]) as heard (id, part, day) order by id, part desc
  ) as heard
  where candidate.result_id = heard.id and coalesce(candidate.reported_part, 0) < heard.part`;
