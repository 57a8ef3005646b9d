import { Injectable } from '@nestjs/common';
import { ExamPlanDrafted } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

@Injectable()
export class WhenExamPlanDrafted {
  constructor(private readonly db: Database) {}

  @On(ExamPlanDrafted)
  async remember(heard: ExamPlanDrafted[]) {
    const plans = latestOf(heard, ({ planId }) => planId);
    await this.db.transaction((tx) =>
      sql(tx, remember, [
        plans.map(({ planId }) => planId),
        plans.map(({ trainingPlanId }) => trainingPlanId),
        plans.map(({ organisationId }) => organisationId),
        plans.map(({ evaluationOrganisationId }) => evaluationOrganisationId),
        plans.map(({ cityCode }) => cityCode),
      ]),
    );
  }
}

const remember = `
  insert into exam_plan (id, plan_id, organisation_id, evaluation_organisation_id, city_code)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[])
  on conflict (id) do update set plan_id = excluded.plan_id,
    evaluation_organisation_id = excluded.evaluation_organisation_id, city_code = excluded.city_code`;
