import { Injectable } from '@nestjs/common';
import { ResultHoldChanged, ResultVoided } from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { takeOutVoided } from '../data/removed-rows.js';

/** What becomes of results after they were reported: they are voided, or an objection stands against them. */
@Injectable()
export class WhenResultVoided {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Its row is not issued. What the department has decided, and what was issued before, stays; that its result is void is kept beside it. */
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
      await takeOutVoided(tx, results, this.clock.now());
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

const remember = `
  insert into voided_result (result_id, session_id, organisation_id, reason, voided_on)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[])
  on conflict (result_id) do nothing`;

const hold = `
  insert into result_hold (result_id, session_id, organisation_id, held, changed_on)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[], $5::date[])
  on conflict (result_id) do update set held = excluded.held, changed_on = excluded.changed_on`;
