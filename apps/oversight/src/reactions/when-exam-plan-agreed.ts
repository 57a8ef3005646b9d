import { Injectable } from '@nestjs/common';
import { ExamPlanAnswered, ExamPlanFiled } from '@shuzheng/contracts';
import { Database, latestOf, On, sql } from '@shuzheng/platform';
import { shanghaiDay } from '@shuzheng/regulation';
import { knownOrNotYet } from '../data/stages.js';

@Injectable()
export class WhenExamPlanAgreed {
  constructor(private readonly db: Database) {}

  /** The draft comes on enrollment's topic, the answer on assessment's: it may be here first. */
  @On(ExamPlanAnswered)
  async answer(heard: ExamPlanAnswered[]) {
    const answers = latestOf(heard, ({ planId }) => planId);
    const ids = answers.map(({ planId }) => planId);
    await this.db.transaction(async (tx) => {
      await knownOrNotYet(tx, 'exam_plan', ids);
      await sql(
        tx,
        `update exam_plan set answered_version = heard.version, consented = heard.consented, answered_on = heard.day
         from unnest($1::uuid[], $2::int[], $3::boolean[], $4::date[]) as heard (id, version, consented, day)
         where exam_plan.id = heard.id`,
        [
          ids,
          answers.map(({ version }) => version),
          answers.map(({ consented }) => consented),
          answers.map(({ answeredAt }) => shanghaiDay(new Date(answeredAt))),
        ],
      );
    });
  }

  /** Filed, or filed in a new version: both receipts are awaited. */
  @On(ExamPlanFiled)
  async file(heard: ExamPlanFiled[]) {
    const filed = latestOf(heard, ({ planId }) => planId);
    await this.db.transaction((tx) =>
      sql(
        tx,
        `update exam_plan set filed_version = heard.version, filed_at = heard.filed_at, department_received = null,
           city_received = null, returned_on = null
         from unnest($1::uuid[], $2::int[], $3::timestamptz[]) as heard (id, version, filed_at) where exam_plan.id = heard.id`,
        [filed.map(({ planId }) => planId), filed.map(({ version }) => version), filed.map(({ filedAt }) => filedAt)],
      ),
    );
  }
}
