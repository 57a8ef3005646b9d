import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ExamPlanFiled, Instant } from '@shuzheng/contracts';
import { announce, Audit, Clock, Conflict, Database, refuseIf, sql } from '@shuzheng/platform';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { Covers } from '../data/covers.js';
import { type ExamPlan, lockExamPlan, subjectOf } from '../data/exam-plans.js';
import { filedPlan, keepFiling } from '../data/filings.js';
import { PlanReceipt } from '../data/plan-content.js';
import { lockTrainingPlan, preparedByWriter } from '../data/training-plans.js';
import { reasonsNotToFileExamPlan } from '../domain/filing-plans.js';

export class FiledExamPlanReceipt extends PlanReceipt {
  @Instant() readonly filedAt!: string;
}

/** Put an exam plan on file, once the evaluation institution has consented to this version of it. */
export class FileExamPlan extends Command<FiledExamPlanReceipt> {
  constructor(
    readonly planId: string,
    readonly version: number | undefined,
  ) {
    super();
  }
}

@CommandHandler(FileExamPlan)
export class FileExamPlanHandler implements ICommandHandler<FileExamPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly covers: Covers,
  ) {}

  execute({ planId, version: stated }: FileExamPlan) {
    return this.db.transaction(async (tx) => {
      const plan = await lockExamPlan(tx, planId);
      if (stated !== undefined && stated !== plan.version) throw new Conflict('stale-version');
      const entryIds = await this.judge(tx, plan);

      const { version, cityCode, organisationId, evaluationOrganisationId, plannedSeats: seats } = plan;
      const now = this.clock.now();
      const filedAt = this.clock.instant();
      const filing = { planId, kind: 'exam', version, cityCode, content: contentOf(plan), seats, now } as const;
      await keepFiling(tx, { ...filing, entryIds, ruleIds: [], unverified: [] });
      await sql(
        tx,
        `update exam_plan set state = 'filed', filed_version = version, filed_at = $2,
           first_filed_at = coalesce(first_filed_at, $2) where id = $1`,
        [planId, now],
      );
      announce(tx, ExamPlanFiled, { planId, version, organisationId, evaluationOrganisationId, filedAt });
      await this.audit.note({ subject: `plan:${planId}`, detail: { version } });
      return { planId, version, filedAt };
    });
  }

  private async judge(tx: EntityManager, plan: ExamPlan) {
    const subject = subjectOf(plan);
    const training = await filedPlan(tx, plan.trainingPlanId);
    const evaluation = { organisationId: plan.evaluationOrganisationId, role: 'evaluation' } as const;
    const cover = await this.covers.on(tx, evaluation, subject, [plan.examFrom, plan.examTo]);
    const reasons = reasonsNotToFileExamPlan({
      state: plan.state,
      trainingPlanState: (await lockTrainingPlan(tx, plan.trainingPlanId)).state,
      trainingPlanFiled: training !== undefined,
      sameSubject: isDeepStrictEqual({ ...training?.content.subject }, subject),
      preparedByFiler: await preparedByWriter(tx, plan.id, plan.filedVersion ?? 0),
    });
    refuseIf([...reasons, ...cover.faults]);
    return cover.entryIds;
  }
}

const contentOf = (plan: ExamPlan) => ({
  trainingPlanId: plan.trainingPlanId,
  evaluationOrganisationId: plan.evaluationOrganisationId,
  subject: subjectOf(plan),
  examFrom: plan.examFrom,
  examTo: plan.examTo,
  site: plan.site,
  plannedSeats: plan.plannedSeats,
});
