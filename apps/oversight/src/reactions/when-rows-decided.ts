import { Injectable } from '@nestjs/common';
import { RowsDecided } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';
import { keepPartEvents } from '../data/clock-events.js';
import { stopClocks } from '../data/clocks.js';
import { goingOn } from '../data/persons.js';

@Injectable()
export class WhenRowsDecided {
  constructor(private readonly db: Database) {}

  /** The clock of a part stops when none of its rows is open any more. */
  @On(RowsDecided)
  async keepAndStop(events: RowsDecided[]) {
    const all = events.flatMap(({ rows, ...event }) => rows.map((row) => ({ ...event, ...row })));
    const rows = latestOf(all, ({ resultId }) => resultId);
    await this.db.transaction(async (tx) => {
      await sql(tx, keep, [
        rows.map(({ resultId }) => resultId),
        rows.map(({ rowId }) => rowId),
        rows.map(({ personId }) => personId),
        rows.map(({ batchId }) => batchId),
        rows.map(({ part }) => part),
        rows.map(({ decision }) => decision),
        rows.map(({ decidedOn }) => decidedOn),
      ]);
      await sql(tx, count, [all.filter(({ decision }) => decision === 'confirmed').map(({ batchId }) => batchId)]);
      await keepPartEvents(tx, events.flatMap(eventsOf));
      const stops = events
        .filter(({ undecided }) => undecided === 0)
        .map(({ batchId, part, decidedOn }) => ({ subjectId: batchId, part, on: decidedOn }));
      await stopClocks(tx, 'confirmation', stops);
    });
  }
}

const eventsOf = ({ batchId, part, decidedOn, rows }: RowsDecided) =>
  (['confirmed', 'returned'] as const).map((what) => ({
    ...{ batchId, part, day: decidedOn, what },
    n: rows.filter(({ decision }) => decision === what).length,
  }));

// A row that came back and is decided again stands as it was decided last.
const keep = `
  insert into data_row (result_id, row_id, person_id, batch_id, part, organisation_id, training_organisation_id, city_code,
    plan_city_code, decision, since)
  select heard.result_id, heard.row_id, ${goingOn('heard.person_id')}, heard.batch_id, heard.part, stage.organisation_id,
    stage.training_organisation_id, stage.city_code, stage.plan_city_code, heard.decision, heard.day
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::date[])
    as heard (result_id, row_id, person_id, batch_id, part, decision, day)
  join stage on stage.id = heard.batch_id
  on conflict (result_id) do update set row_id = excluded.row_id, part = excluded.part, decision = excluded.decision,
    since = excluded.since, given_up_on = null`;

const count = `
  update stage set confirmed = stage.confirmed + heard.n
  from (select id, count(*)::int as n from unnest($1::uuid[]) as heard (id) group by id) as heard
  where stage.id = heard.id`;
