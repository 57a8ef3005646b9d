import { Injectable } from '@nestjs/common';
import { ClassOpened } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenClassOpened {
  constructor(private readonly db: Database) {}

  @On(ClassOpened)
  async openAStage(events: ClassOpened[]) {
    await this.db.transaction((tx) =>
      sql(tx, open, [
        events.map(({ classId }) => classId),
        events.map(({ planId }) => planId),
        events.map(({ organisationId }) => organisationId),
        events.map(({ cityCode }) => cityCode),
        events.map(({ name }) => name),
        events.map(({ startsOn }) => startsOn),
        events.map(({ endsOn }) => endsOn),
      ]),
    );
  }
}

const open = `
  insert into stage (kind, state, id, plan_id, organisation_id, training_organisation_id, city_code, plan_city_code, name, starts_on, ends_on)
  select 'class', 'announced', id, plan_id, organisation_id, organisation_id, city_code, city_code, name, starts_on, ends_on
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::date[])
    as heard (id, plan_id, organisation_id, city_code, name, starts_on, ends_on)
  on conflict (id) do nothing`;
