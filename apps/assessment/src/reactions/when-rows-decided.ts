import { Injectable } from '@nestjs/common';
import { RowsDecided } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** What the department decided about reported rows: the institution sees what came back, and why. */
@Injectable()
export class WhenRowsDecided {
  constructor(private readonly db: Database) {}

  @On(RowsDecided)
  async remember(events: RowsDecided[]) {
    const rows = events.flatMap(({ rows, ...about }) => rows.map((row) => ({ ...about, ...row })));
    const latest = latestOf(rows, ({ resultId, part }) => `${resultId}|${part}`);
    await this.db.transaction((tx) => sql(tx, remember, [JSON.stringify(latest)]));
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
