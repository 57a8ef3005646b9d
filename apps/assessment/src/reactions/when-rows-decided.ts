import { Injectable } from '@nestjs/common';
import { RowsDecided, RowsNationallyReturned } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** What was decided about reported rows: the institution sees what came back, from whom and why. */
@Injectable()
export class WhenRowsDecided {
  constructor(private readonly db: Database) {}

  @On(RowsDecided)
  async remember(events: RowsDecided[]) {
    const rows = events.flatMap(({ rows, ...about }) => rows.map((row) => ({ ...about, ...row })));
    const latest = latestOf(rows, ({ resultId, part }) => `${resultId}|${part}`);
    await this.db.transaction((tx) => sql(tx, remember, [JSON.stringify(latest)]));
  }

  /** The national office looks at what the department confirmed last. */
  @On(RowsNationallyReturned)
  async rememberNational(events: RowsNationallyReturned[]) {
    const rows = events.flatMap(({ returnedOn, rows }) => rows.map(({ resultId }) => ({ resultId, returnedOn })));
    const latest = latestOf(rows, ({ resultId }) => resultId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update known_decision as d set decision = 'nationally-returned', decided_on = heard.returned_on
         from unnest($1::uuid[], $2::date[]) as heard (result_id, returned_on)
         where d.result_id = heard.result_id
           and d.part = (select max(part) from known_decision where result_id = heard.result_id)`,
        [latest.map(({ resultId }) => resultId), latest.map(({ returnedOn }) => returnedOn)],
      ),
    );
  }
}

const remember = `
  insert into known_decision (result_id, part, batch_id, session_id, organisation_id, decision, reasons, decided_on)
  select "resultId", part, "batchId", "sessionId", "organisationId", decision,
    array(select json_array_elements_text(reasons)), "decidedOn"
  from json_to_recordset($1::json) as heard ("resultId" uuid, part int, "batchId" uuid, "sessionId" uuid, "organisationId" uuid,
    decision text, reasons json, "decidedOn" date)
  on conflict (result_id, part) do update set decision = excluded.decision, reasons = excluded.reasons,
    decided_on = excluded.decided_on`;
