import { Injectable } from '@nestjs/common';
import { ClassCancelled, ClassRescheduled, ClassStarted } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';
import { reach, reschedule } from '../data/stages.js';

@Injectable()
export class WhenClassChanged {
  constructor(private readonly db: Database) {}

  @On(ClassStarted)
  async start(events: ClassStarted[]) {
    const reached = events.map(({ classId, startedOn }) => ({ id: classId, state: 'running', since: startedOn }));
    await this.db.transaction((tx) => reach(tx, reached));
  }

  @On(ClassRescheduled)
  async move(events: ClassRescheduled[]) {
    const latest = latestOf(events, ({ classId }) => classId);
    const moved = latest.map(({ classId, startsOn, endsOn }) => ({ id: classId, from: startsOn, to: endsOn }));
    await this.db.transaction((tx) => reschedule(tx, moved));
  }

  /** Whoever was still in training is so no longer. */
  @On(ClassCancelled)
  async cancel(events: ClassCancelled[]) {
    const reached = events.map(({ classId, cancelledOn }) => ({ id: classId, state: 'cancelled', since: cancelledOn }));
    await this.db.transaction(async (tx) => {
      await reach(tx, reached);
      await sql(
        tx,
        `update trainee set state = 'withdrawn', since = heard.day
         from unnest($1::uuid[], $2::date[]) as heard (class_id, day)
         where trainee.class_id = heard.class_id and trainee.state = 'enrolled'`,
        [reached.map(({ id }) => id), reached.map(({ since }) => since)],
      );
    });
  }
}
