import { Injectable } from '@nestjs/common';
import { RowsNationallyReturned, RowsRemoved } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';
import { keepPartEvents } from '../data/clock-events.js';
import { stopClocks } from '../data/clocks.js';

@Injectable()
export class WhenRowsTakenOut {
  constructor(private readonly db: Database) {}

  /** Voided results leave their part; when nothing of it is open any more, its clock stops. */
  @On(RowsRemoved)
  async remove(events: RowsRemoved[]) {
    await this.db.transaction(async (tx) => {
      await sql(tx, 'delete from data_row where row_id = any($1::uuid[]) and certificate_id is null', [
        events.flatMap(({ rows }) => rows.map(({ rowId }) => rowId)),
      ]);
      await keepPartEvents(
        tx,
        events.map(({ batchId, part, removedOn, rows }) => ({
          ...{ batchId, part, day: removedOn, what: 'removed', n: rows.length },
        })),
      );
      const stops = events
        .filter(({ undecided }) => undecided === 0)
        .map(({ batchId, part, removedOn }) => ({ subjectId: batchId, part, on: removedOn }));
      await stopClocks(tx, 'confirmation', stops);
    });
  }

  /** 审核 said no: it is the evaluation institution's turn again. */
  @On(RowsNationallyReturned)
  async giveBack(events: RowsNationallyReturned[]) {
    const rows = events.flatMap(({ returnedOn, rows }) => rows.map(({ rowId }) => ({ rowId, returnedOn })));
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update data_row set decision = 'nationally-returned', since = heard.day
         from unnest($1::uuid[], $2::date[]) as heard (row_id, day) where data_row.row_id = heard.row_id`,
        [rows.map(({ rowId }) => rowId), rows.map(({ returnedOn }) => returnedOn)],
      ),
    );
  }
}
