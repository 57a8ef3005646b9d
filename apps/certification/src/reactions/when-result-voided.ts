import { Injectable } from '@nestjs/common';
import { ResultHoldChanged, ResultVoided, RowsRemoved } from '@shuzheng/contracts';
import { announce, Database, latestOf, On, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { groupedBy, inPieces } from '../data/counting.js';
import { rowActs, undecidedStates } from '../domain/row-states.js';

interface Removed {
  readonly rowId: string;
  readonly resultId: string;
  readonly batchId: string;
  readonly part: number;
  readonly sessionId: string;
  readonly organisationId: string;
  readonly open: number;
}

/** What becomes of results after they were reported: they are voided, or an objection stands against them. */
@Injectable()
export class WhenResultVoided {
  constructor(private readonly db: Database) {}

  /** A row nobody has decided on leaves its part. One that is decided stays; that its result is void is kept beside it. */
  @On(ResultVoided)
  remove(heard: ResultVoided[]) {
    const events = latestOf(heard, ({ resultId }) => resultId);
    const results = events.map(({ resultId }) => resultId);
    return this.db.transaction(async (tx) => {
      await lockBatchesOf(tx, heard);
      await sql(tx, remember, [
        results,
        events.map(({ sessionId }) => sessionId),
        events.map(({ organisationId }) => organisationId),
        events.map(({ reason }) => reason),
        events.map(({ voidedOn }) => voidedOn),
      ]);
      const { from, to } = rowActs.remove;
      const left = await rows<{ id: string }>(
        tx,
        `update batch_row set state = $2 where result_id = any($1::uuid[]) and state = any($3::text[]) returning id`,
        [results, to, from],
      );
      const ids = left.map(({ id }) => id);
      const removed = await rows<Removed>(tx, findRemoved, [ids, undecidedStates]);
      tell(tx, removed, new Map(events.map(({ resultId, voidedOn }) => [resultId, voidedOn])));
    });
  }

  @On(ResultHoldChanged)
  hold(heard: ResultHoldChanged[]) {
    const events = latestOf(heard, ({ resultId }) => resultId);
    return this.db.transaction(async (tx) => {
      await lockBatchesOf(tx, heard);
      await sql(tx, hold, [
        events.map(({ resultId }) => resultId),
        events.map(({ sessionId }) => sessionId),
        events.map(({ organisationId }) => organisationId),
        events.map(({ held }) => held),
        events.map(({ changedOn }) => changedOn),
      ]);
    });
  }
}

/** A decision under way is finished first, or waits. */
const lockBatchesOf = (tx: EntityManager, events: readonly { readonly sessionId: string }[]) =>
  sql(tx, 'select 1 from batch where session_id = any($1::uuid[]) order by id for no key update', [
    events.map(({ sessionId }) => sessionId),
  ]);

/** Only the last event of a part may say that nothing of it is left. */
function tell(tx: EntityManager, removed: readonly Removed[], days: ReadonlyMap<string, string>) {
  for (const all of groupedBy(removed, ({ batchId, part }) => `${batchId}/${part}`).values()) {
    let later = all.length;
    for (const piece of inPieces(all)) {
      later -= piece.length;
      const [first] = piece;
      if (!first) continue;
      const { batchId, part, sessionId, organisationId, open } = first;
      const removedOn =
        piece
          .map(({ resultId }) => days.get(resultId) ?? '')
          .sort()
          .at(-1) ?? '';
      announce(tx, RowsRemoved, {
        ...{ batchId, part, sessionId, organisationId, removedOn, undecided: open + later },
        rows: piece.map(({ rowId, resultId }) => ({ rowId, resultId })),
      });
    }
  }
}

const remember = `
  insert into voided_result (result_id, session_id, organisation_id, reason, voided_on)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[])
  on conflict (result_id) do nothing`;

const findRemoved = `
  select row.id as "rowId", row.result_id as "resultId", row.batch_id as "batchId", row.part, session_id as "sessionId",
    row.organisation_id as "organisationId",
    (select count(*)::int from batch_row as other
     where other.batch_id = row.batch_id and other.part = row.part and other.state = any($2::text[])) as open
  from batch_row as row join batch on batch.id = row.batch_id
  where row.id = any($1::uuid[]) order by row.batch_id, row.part, row.number`;

const hold = `
  insert into result_hold (result_id, session_id, organisation_id, held, changed_on)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[], $5::date[])
  on conflict (result_id) do update set held = excluded.held, changed_on = excluded.changed_on`;
