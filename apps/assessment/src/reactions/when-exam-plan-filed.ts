import { Injectable } from '@nestjs/common';
import { ExamPlanDrafted, ExamPlanFiled, PlanWithdrawn } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';

/** Exam plans that name an evaluation institution: first drafted, then filed. */
@Injectable()
export class WhenExamPlanFiled {
  constructor(private readonly db: Database) {}

  @On(ExamPlanDrafted)
  async rememberDraft(heard: ExamPlanDrafted[]) {
    const plans = latestOf(heard, ({ planId }) => planId);
    await this.db.transaction((tx) => sql(tx, remember, [JSON.stringify(plans)]));
  }

  @On(ExamPlanFiled)
  async rememberFiling(heard: ExamPlanFiled[]) {
    const plans = latestOf(heard, ({ planId }) => planId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update known_exam_plan as plan set filed_version = heard.version, filed_at = heard.filed_at
         from unnest($1::uuid[], $2::int[], $3::timestamptz[]) as heard (plan_id, version, filed_at)
         where plan.plan_id = heard.plan_id`,
        [plans.map(({ planId }) => planId), plans.map(({ version }) => version), plans.map(({ filedAt }) => filedAt)],
      ),
    );
  }

  /** Nothing new begins under a plan that was taken back; what stands under it stays. */
  @On(PlanWithdrawn)
  async rememberWithdrawal(heard: PlanWithdrawn[]) {
    const plans = latestOf(
      heard.filter(({ kind }) => kind === 'exam'),
      ({ planId }) => planId,
    );
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update known_exam_plan as plan set withdrawn_on = heard.withdrawn_on
         from unnest($1::uuid[], $2::date[]) as heard (plan_id, withdrawn_on) where plan.plan_id = heard.plan_id`,
        [plans.map(({ planId }) => planId), plans.map(({ withdrawnOn }) => withdrawnOn)],
      ),
    );
  }
}

const remember = `
  insert into known_exam_plan (plan_id, version, training_organisation_id, evaluation_organisation_id, training_plan_id, city_code,
    occupation_code, edition, level, direction, planned_seats, exam_from, exam_to, site)
  select "planId", version, "organisationId", "evaluationOrganisationId", "trainingPlanId", "cityCode",
    subject ->> 'occupationCode', subject ->> 'edition', subject ->> 'level', subject ->> 'direction',
    "plannedSeats", "examFrom", "examTo", site
  from json_to_recordset($1::json) as heard ("planId" uuid, version int, "organisationId" uuid, "evaluationOrganisationId" uuid,
    "trainingPlanId" uuid, "cityCode" text, subject json, "plannedSeats" int, "examFrom" date, "examTo" date, site text)
  on conflict (plan_id) do update set version = excluded.version,
    evaluation_organisation_id = excluded.evaluation_organisation_id, city_code = excluded.city_code,
    occupation_code = excluded.occupation_code, edition = excluded.edition, level = excluded.level, direction = excluded.direction,
    planned_seats = excluded.planned_seats, exam_from = excluded.exam_from, exam_to = excluded.exam_to, site = excluded.site`;
