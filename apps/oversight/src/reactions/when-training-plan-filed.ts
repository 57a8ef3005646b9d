import { Injectable } from '@nestjs/common';
import { TrainingPlanFiled } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenTrainingPlanFiled {
  constructor(private readonly db: Database) {}

  /** A new version awaits its receipts anew; the day of the first filing stays. */
  @On(TrainingPlanFiled)
  async remember(heard: TrainingPlanFiled[]) {
    const plans = latestOf(heard, ({ planId }) => planId);
    const firstFiled = new Map([...heard].reverse().map(({ planId, filedAt }) => [planId, filedAt]));
    await this.db.transaction((tx) =>
      sql(tx, remember, [
        plans.map(({ planId }) => planId),
        plans.map(({ organisationId }) => organisationId),
        plans.map(({ cityCode }) => cityCode),
        plans.map(({ subject }) => subject.occupationCode),
        plans.map(({ subject }) => subject.level),
        plans.map(({ plannedSeats }) => plannedSeats),
        plans.map(({ planId }) => firstFiled.get(planId)),
        plans.map(({ version }) => version),
      ]),
    );
  }
}

const remember = `
  insert into plan (id, organisation_id, city_code, occupation_code, level, planned_seats, filed_at, version)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[], $7::timestamptz[], $8::int[])
  on conflict (id) do update set city_code = excluded.city_code, occupation_code = excluded.occupation_code, level = excluded.level,
    planned_seats = excluded.planned_seats, version = excluded.version,
    department_received = null, city_received = null, returned_on = null`;
