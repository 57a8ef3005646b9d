import { Injectable } from '@nestjs/common';
import { RowsGivenUp, RowsNationallyReturned, RowsRemoved } from '@shuzheng/contracts';
import { Database, On, rows, sql } from '@shuzheng/platform';
import { keepPartEvents } from '../data/clock-events.js';
import { stopClocks } from '../data/clocks.js';
import { keepUnproposed } from '../data/unproposed.js';
import type { EntityManager } from 'typeorm';

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
      await sql(tx, uncount, [
        events.map(({ batchId }) => batchId),
        events.map(({ rows }) => rows.filter(({ unsent }) => unsent).length),
      ]);
      await keepPartEvents(
        tx,
        events.map(({ batchId, part, removedOn, rows }) => ({
          ...{ batchId, part, day: removedOn, what: 'removed', n: rows.length },
        })),
      );
      // What was announced before proposals were does not say it.
      await keepUnproposed(
        tx,
        events.flatMap(({ batchId, part, unproposed }) =>
          unproposed === undefined ? [] : [{ batchId, part, unproposed }],
        ),
      );
      const stops = events
        .filter(({ undecided }) => undecided === 0)
        .map(({ batchId, part, removedOn }) => ({ subjectId: batchId, part, on: removedOn }));
      await stopClocks(tx, 'confirmation', stops);
      await stopIssueClocks(tx, events);
    });
  }

  /** Nobody waits for these any more. Reported again, they are decided again. */
  @On(RowsGivenUp)
  async giveUp(events: RowsGivenUp[]) {
    const rows = events.flatMap(({ givenUpOn, rows }) => rows.map(({ rowId }) => ({ rowId, givenUpOn })));
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update data_row set given_up_on = heard.day, since = heard.day
         from unnest($1::uuid[], $2::date[]) as heard (row_id, day) where data_row.row_id = heard.row_id`,
        [rows.map(({ rowId }) => rowId), rows.map(({ givenUpOn }) => givenUpOn)],
      ),
    );
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

/** Nothing of the batch waits to be issued any more: what was to be issued by a day is not due. */
async function stopIssueClocks(tx: EntityManager, events: readonly RowsRemoved[]) {
  const idle = await rows<{ subjectId: string; approvedOn: string }>(tx, withNothingToIssue, [
    events.map(({ batchId }) => batchId),
  ]);
  const days = new Map(events.map(({ batchId, removedOn }) => [batchId, removedOn]));
  await stopClocks(
    tx,
    'issue',
    idle.map((clock) => ({ ...clock, on: days.get(clock.subjectId) ?? clock.approvedOn })),
  );
}

const withNothingToIssue = `
  select subject_id as "subjectId", approved_on as "approvedOn" from clock
  where kind = 'issue' and subject_id = any($1::uuid[]) and stopped_on is null and not exists (
    select from data_row where batch_id = subject_id and decision = 'confirmed' and certificate_id is null)`;

/** What was confirmed and is void waits for no package. */
const uncount = `
  update stage set confirmed = stage.confirmed - heard.n
  from (select id, sum(n)::int as n from unnest($1::uuid[], $2::int[]) as heard (id, n) group by id) as heard
  where stage.id = heard.id and heard.n > 0`;
