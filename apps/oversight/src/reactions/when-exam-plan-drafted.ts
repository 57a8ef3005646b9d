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
        plans.map(({ version }) => version),
        plans.map(({ examFrom }) => examFrom),
      ]),
    );
  }
}

const remember = `
  insert into exam_plan (id, plan_id, organisation_id, evaluation_organisation_id, city_code, plan_city_code, version, exam_from)
  select id, plan_id, organisation_id, evaluation_organisation_id, city_code, city_code, version, exam_from
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::date[])
    as heard (id, plan_id, organisation_id, evaluation_organisation_id, city_code, version, exam_from)
  on conflict (id) do update set plan_id = excluded.plan_id, evaluation_organisation_id = excluded.evaluation_organisation_id,
    city_code = excluded.city_code, plan_city_code = excluded.plan_city_code, version = excluded.version, exam_from = excluded.exam_from`;
