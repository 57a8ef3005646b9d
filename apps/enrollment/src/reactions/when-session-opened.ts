import { Injectable } from '@nestjs/common';
import { SessionCancelled, SessionOpened } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** Remembers which exam plans have sessions: such a plan is not withdrawn any more. */
@Injectable()
export class WhenSessionOpened {
  constructor(private readonly db: Database) {}

  @On(SessionOpened)
  async remember(heard: SessionOpened[]) {
    const events = latestOf(heard, ({ sessionId }) => sessionId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into exam_plan_session (session_id, plan_id, cancelled)
         select session, plan, false from unnest($1::uuid[], $2::uuid[]) as heard (session, plan)
         on conflict (session_id) do nothing`,
        [events.map(({ sessionId }) => sessionId), events.map(({ planId }) => planId)],
      ),
    );
  }

  @On(SessionCancelled)
  async forget(events: SessionCancelled[]) {
    await this.db.transaction((tx) =>
      sql(tx, 'update exam_plan_session set cancelled = true where session_id = any ($1::uuid[])', [
        events.map(({ sessionId }) => sessionId),
      ]),
    );
  }
}
