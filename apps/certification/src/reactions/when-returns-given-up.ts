import { Injectable } from '@nestjs/common';
import { ReturnsGivenUp, RowsGivenUp } from '@shuzheng/contracts';
import { announce, Clock, Database, On, rows, sql } from '@shuzheng/platform';
import { groupedBy, inPieces } from '../data/counting.js';
import { rowActs } from '../domain/row-states.js';

interface Closed {
  readonly rowId: string;
  readonly resultId: string;
  readonly batchId: string;
  readonly part: number;
  readonly sessionId: string;
  readonly organisationId: string;
  readonly givenUpOn: string;
}

/** The evaluation institution answered in the exam service that it will not report these rows again. */
@Injectable()
export class WhenReturnsGivenUp {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** A row that came back meanwhile, or was given up here, is left as it is. */
  @On(ReturnsGivenUp)
  close(heard: ReturnsGivenUp[]) {
    const answers = heard.flatMap(({ rows, ...event }) => rows.map((one) => ({ ...event, ...one })));
    return this.db.transaction(async (tx) => {
      await sql(tx, 'select 1 from batch where session_id = any($1::uuid[]) order by id for no key update', [
        heard.map(({ sessionId }) => sessionId),
      ]);
      const closed = await rows<Closed & Record<string, unknown>>(tx, close, [
        answers.map(({ resultId }) => resultId),
        answers.map(({ part }) => part),
        answers.map(({ givenUpOn }) => givenUpOn),
        ...[rowActs['give-up'].from, rowActs['give-up'].to, this.clock.now()],
      ]);
      const parts = groupedBy(closed, ({ batchId, part, givenUpOn }) => `${batchId}/${part}/${givenUpOn}`);
      for (const piece of [...parts.values()].flatMap((all) => inPieces(all)))
        for (const { batchId, part, sessionId, organisationId, givenUpOn } of piece.slice(0, 1))
          announce(tx, RowsGivenUp, {
            ...{ batchId, part, sessionId, organisationId, givenUpOn },
            rows: piece.map(({ rowId, resultId }) => ({ rowId, resultId })),
          });
    });
  }
}

const close = `
  with heard as (
    select result_id, part, min(day) as day from unnest($1::uuid[], $2::int[], $3::date[]) as answer (result_id, part, day)
    group by result_id, part
  ), found as (
    select row.id, row.state as was, heard.day
    from heard join batch_row as row on row.result_id = heard.result_id and row.part = heard.part
    where row.state = any($4::text[]) and not exists (select from batch_row as later
      where later.result_id = row.result_id and later.batch_id = row.batch_id and later.number > row.number)
    for no key update of row
  ), given_up as (
    insert into row_given_up (row_id, batch_id, organisation_id, reason, given_up_on, given_up_at, was)
    select row.id, row.batch_id, row.organisation_id, 'not-reported-again', found.day, $6, found.was
    from found join batch_row as row using (id)
  )
  update batch_row as row set state = $5 from found, batch
  where row.id = found.id and batch.id = row.batch_id
  returning row.id as "rowId", row.result_id as "resultId", row.batch_id as "batchId", row.part,
    batch.session_id as "sessionId", row.organisation_id as "organisationId", found.day as "givenUpOn"`;
