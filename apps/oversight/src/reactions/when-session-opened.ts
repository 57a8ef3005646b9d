import { Injectable } from '@nestjs/common';
import { SessionOpened } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';
import { knownOrNotYet } from '../data/stages.js';

@Injectable()
export class WhenSessionOpened {
  constructor(private readonly db: Database) {}

  /** The exam plan says which training plan the session belongs to; enrollment announces it on its own topic. */
  @On(SessionOpened)
  async openAStage(events: SessionOpened[]) {
    const planIds = events.map(({ planId }) => planId);
    await this.db.transaction(async (tx) => {
      await knownOrNotYet(tx, 'exam_plan', planIds);
      await sql(tx, open, [
        events.map(({ sessionId }) => sessionId),
        planIds,
        events.map(({ organisationId }) => organisationId),
        events.map(({ cityCode }) => cityCode),
      ]);
    });
  }
}

const open = `
  insert into stage (kind, id, plan_id, organisation_id, training_organisation_id, city_code)
  select 'session', heard.id, exam_plan.plan_id, heard.organisation_id, exam_plan.organisation_id, heard.city_code
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as heard (id, exam_plan_id, organisation_id, city_code)
  join exam_plan on exam_plan.id = heard.exam_plan_id
  on conflict (id) do nothing`;
