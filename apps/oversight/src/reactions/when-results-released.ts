import { Injectable } from '@nestjs/common';
import { ResultsReleased, ResultVoided } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';
import { shanghaiDay } from '@shuzheng/regulation';
import { reach } from '../data/stages.js';

@Injectable()
export class WhenResultsReleased {
  constructor(private readonly db: Database) {}

  @On(ResultsReleased)
  async keepTheOutcomes(events: ResultsReleased[]) {
    const results = events.flatMap(({ releasedAt, results }) =>
      results.map((result) => ({ ...result, on: shanghaiDay(new Date(releasedAt)) })),
    );
    await this.db.transaction(async (tx) => {
      const released = events.map(({ sessionId, releasedAt }) => ({
        ...{ id: sessionId, state: 'released', since: shanghaiDay(new Date(releasedAt)) },
      }));
      await reach(tx, released);
      await sql(tx, keep, [
        results.map(({ applicationId }) => applicationId),
        results.map(({ resultId }) => resultId),
        results.map(({ outcome }) => outcome),
        results.map(({ on }) => on),
      ]);
    });
  }

  @On(ResultVoided)
  async voidThem(events: ResultVoided[]) {
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update candidate set voided_on = heard.day, since = heard.day
         from unnest($1::uuid[], $2::date[]) as heard (id, day) where candidate.application_id = heard.id`,
        [events.map(({ applicationId }) => applicationId), events.map(({ voidedOn }) => voidedOn)],
      ),
    );
  }
}

// A result that is recorded anew after a void is another result of the same application.
const keep = `
  update candidate set result_id = heard.result_id, outcome = heard.outcome, since = heard.day, voided_on = null,
    reported_part = null, reported_on = null
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[]) as heard (id, result_id, outcome, day)
  where candidate.application_id = heard.id`;
