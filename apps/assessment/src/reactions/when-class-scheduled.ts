import { Injectable } from '@nestjs/common';
import { ClassOpened, ClassRescheduled, ClassStarted } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

type Planned = Pick<ClassOpened, 'classId' | 'startsOn'>;

/** 开班: from which day on a class was taught. */
@Injectable()
export class WhenClassScheduled {
  constructor(private readonly db: Database) {}

  @On(ClassOpened)
  rememberOpening(events: ClassOpened[]) {
    return this.plan(events);
  }

  @On(ClassRescheduled)
  rememberRescheduling(events: ClassRescheduled[]) {
    return this.plan(events);
  }

  @On(ClassStarted)
  async rememberStart(events: ClassStarted[]) {
    const latest = latestOf(events, ({ classId }) => classId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_class (class_id, started_on) select * from unnest($1::uuid[], $2::date[])
         on conflict (class_id) do update set started_on = excluded.started_on`,
        [latest.map(({ classId }) => classId), latest.map(({ startedOn }) => startedOn)],
      ),
    );
  }

  private async plan(events: readonly Planned[]) {
    const latest = latestOf(events, ({ classId }) => classId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into known_class (class_id, starts_on) select * from unnest($1::uuid[], $2::date[])
         on conflict (class_id) do update set starts_on = excluded.starts_on`,
        [latest.map(({ classId }) => classId), latest.map(({ startsOn }) => startsOn)],
      ),
    );
  }
}
