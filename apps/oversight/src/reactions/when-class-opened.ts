import { Injectable } from '@nestjs/common';
import { ClassOpened } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenClassOpened {
  constructor(private readonly db: Database) {}

  @On(ClassOpened)
  async openAStage(events: ClassOpened[]) {
    await this.db.transaction((tx) =>
      sql(
        tx,
        `insert into stage (kind, id, plan_id, organisation_id, training_organisation_id, city_code)
         select 'class', id, plan_id, organisation_id, organisation_id, city_code
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as heard (id, plan_id, organisation_id, city_code)
         on conflict (id) do nothing`,
        [
          events.map(({ classId }) => classId),
          events.map(({ planId }) => planId),
          events.map(({ organisationId }) => organisationId),
          events.map(({ cityCode }) => cityCode),
        ],
      ),
    );
  }
}
