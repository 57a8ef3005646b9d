import { Injectable } from '@nestjs/common';
import { SessionCancelled, SessionOpened, SessionRescheduled } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';
import { knownOrNotYet, reach, reschedule } from '../data/stages.js';

const daysOf = ({ theoryOn, abilityOn }: { readonly theoryOn: string; readonly abilityOn: string }) => ({
  from: theoryOn < abilityOn ? theoryOn : abilityOn,
  to: theoryOn < abilityOn ? abilityOn : theoryOn,
});

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
        events.map((session) => daysOf(session).from),
        events.map((session) => daysOf(session).to),
      ]);
    });
  }

  @On(SessionRescheduled)
  async move(events: SessionRescheduled[]) {
    const latest = latestOf(events, ({ sessionId }) => sessionId);
    const moved = latest.map((session) => ({ id: session.sessionId, ...daysOf(session) }));
    await this.db.transaction((tx) => reschedule(tx, moved));
  }

  /** Nobody entered it: its candidates are taken off the chain and may enter another. */
  @On(SessionCancelled)
  async cancel(events: SessionCancelled[]) {
    const ids = events.map(({ sessionId }) => sessionId);
    await this.db.transaction(async (tx) => {
      const cancelled = events.map(({ sessionId, cancelledOn }) => ({
        ...{ id: sessionId, state: 'cancelled', since: cancelledOn },
      }));
      await reach(tx, cancelled);
      await sql(tx, 'delete from candidate where session_id = any($1::uuid[]) and outcome is null', [ids]);
    });
  }
}

const open = `
  insert into stage (kind, state, id, plan_id, organisation_id, training_organisation_id, city_code, plan_city_code, starts_on, ends_on)
  select 'session', 'open', heard.id, exam_plan.plan_id, heard.organisation_id, exam_plan.organisation_id, heard.city_code,
    coalesce(exam_plan.plan_city_code, heard.city_code), heard.starts_on, heard.ends_on
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::date[])
    as heard (id, exam_plan_id, organisation_id, city_code, starts_on, ends_on)
  join exam_plan on exam_plan.id = heard.exam_plan_id
  on conflict (id) do nothing`;
