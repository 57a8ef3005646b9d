import { Injectable } from '@nestjs/common';
import { BatchReceived } from '@shuzheng/contracts';
import { Database, NotYet, On, sql } from '@shuzheng/platform';
import { startClocks } from '../data/clocks.js';
import { keepUnproposed } from '../data/unproposed.js';
import { citiesOf, knownOrNotYet } from '../data/stages.js';

@Injectable()
export class WhenBatchReceived {
  constructor(private readonly db: Database) {}

  /** Complete data are with the department: ten working days to confirm, for each part by itself. */
  @On(BatchReceived)
  async startTheConfirmationClock(events: BatchReceived[]) {
    const sessionIds = events.map(({ sessionId }) => sessionId);
    await this.db.transaction(async (tx) => {
      await knownOrNotYet(tx, 'stage', sessionIds);
      await sql(tx, open, [
        events.map(({ batchId }) => batchId),
        sessionIds,
        events.map(({ organisationId }) => organisationId),
        events.map(({ receivedOn }) => receivedOn),
      ]);
      const cities = await citiesOf(tx, sessionIds);
      // A part without rows leaves nothing to confirm: no clock could ever stop for it.
      const starts = events
        .filter(({ rows }) => rows > 0)
        .map(({ batchId, part, sessionId, organisationId, receivedOn }) => {
          const cityCode = cities.get(sessionId);
          if (cityCode === undefined) throw new NotYet('a session has not been heard of');
          return { subjectId: batchId, part, organisationId, cityCode, day0: receivedOn };
        });
      await startClocks(tx, 'confirmation', starts);
      await keepUnproposed(
        tx,
        events.map(({ batchId, part, rows }) => ({ batchId, part, unproposed: rows })),
      );
    });
  }
}

const open = `
  insert into stage (kind, state, id, plan_id, organisation_id, training_organisation_id, city_code, plan_city_code, since)
  select 'batch', 'received', heard.id, session.plan_id, heard.organisation_id, session.training_organisation_id, session.city_code,
    session.plan_city_code, heard.day
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[]) as heard (id, session_id, organisation_id, day)
  join stage as session on session.id = heard.session_id
  on conflict (id) do nothing`;
