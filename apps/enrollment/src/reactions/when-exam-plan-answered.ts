import { Injectable } from '@nestjs/common';
import { ExamPlanAnswered } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';
import { answerable } from '../domain/plan-states.js';

/** The evaluation institution's answer counts for the version it was given to, and only until the plan is filed. */
@Injectable()
export class WhenExamPlanAnswered {
  constructor(private readonly db: Database) {}

  @On(ExamPlanAnswered)
  async takeAnswer(heard: ExamPlanAnswered[]) {
    const events = latestOf(heard, ({ planId, version }) => `${planId}/${version}`);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update exam_plan set state = case when consented then 'consented' else 'refused' end,
           answer_reason = reason, answered_at = heard.at
         from unnest($1::uuid[], $2::int[], $3::uuid[], $4::boolean[], $5::text[], $6::timestamptz[])
           as heard (plan, version, evaluation, consented, reason, at)
         where exam_plan.id = heard.plan and exam_plan.version = heard.version
           and exam_plan.evaluation_organisation_id = heard.evaluation
           and exam_plan.state = any ($7::text[])`,
        [
          events.map(({ planId }) => planId),
          events.map(({ version }) => version),
          events.map(({ evaluationOrganisationId }) => evaluationOrganisationId),
          events.map(({ consented }) => consented),
          events.map(({ reason }) => reason),
          events.map(({ answeredAt }) => answeredAt),
          answerable,
        ],
      ),
    );
  }
}
