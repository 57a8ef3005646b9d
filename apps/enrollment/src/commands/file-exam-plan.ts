import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ExamPlanFiled, Instant, Texts } from '@shuzheng/contracts';
import { announce, Audit, Clock, Conflict, Database, Organisations, refuseIf, sql } from '@shuzheng/platform';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { Covers } from '../data/covers.js';
import { type ExamPlan, lockExamPlan, subjectOf } from '../data/exam-plans.js';
import { filedPlan, keepFiling } from '../data/filings.js';
import { OfficeSettings } from '../data/office-settings.js';
import { PlanReceipt } from '../data/plan-content.js';
import { lockTrainingPlan, preparedByWriter } from '../data/training-plans.js';
import { isSameBody, reasonsNotToFileExamPlan, unverifiedOfExamPlan } from '../domain/filing-plans.js';

export class FiledExamPlanReceipt extends PlanReceipt {
  @Instant() readonly filedAt!: string;
  @Texts(10, { description: '待核实：因规则记录尚缺而未能核对的事项' }) readonly unverified!: string[];
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
    private readonly organisations: Organisations,
    private readonly settings: OfficeSettings,
  ) {}

  execute({ planId, version: stated }: FileExamPlan) {
    return this.db.transaction(async (tx) => {
      const plan = await lockExamPlan(tx, planId);
      if (stated !== undefined && stated !== plan.version) throw new Conflict('stale-version');
      const { entryIds, ruleIds, unverified } = await this.judge(tx, plan);

      const { version, cityCode, organisationId, evaluationOrganisationId, plannedSeats: seats } = plan;
      const now = this.clock.now();
      const filedAt = this.clock.instant();
      const filing = { planId, kind: 'exam', version, cityCode, content: contentOf(plan), seats, now } as const;
      await keepFiling(tx, { ...filing, entryIds, ruleIds, unverified });
      await sql(
        tx,
        `update exam_plan set state = 'filed', filed_version = version, filed_at = $2,
           first_filed_at = coalesce(first_filed_at, $2) where id = $1`,
        [planId, now],
      );
      announce(tx, ExamPlanFiled, { planId, version, organisationId, evaluationOrganisationId, filedAt });
      await this.audit.note({ subject: `plan:${planId}`, detail: { version, unverified } });
      return { planId, version, filedAt, unverified };
    });
  }

  private async judge(tx: EntityManager, plan: ExamPlan) {
    const subject = subjectOf(plan);
    const training = await filedPlan(tx, plan.trainingPlanId);
    const evaluation = { organisationId: plan.evaluationOrganisationId, role: 'evaluation' } as const;
    const cover = await this.covers.on(tx, evaluation, subject, [plan.examFrom, plan.examTo]);
    const { value: separation, ruleId } = await this.settings.find(tx, 'training-evaluation-separated');
    const sameBody = await this.isSameBody(tx, plan);
    const reasons = reasonsNotToFileExamPlan({
      sameBody,
      separation,
      state: plan.state,
      trainingPlanState: (await lockTrainingPlan(tx, plan.trainingPlanId)).state,
      trainingPlanFiled: training !== undefined,
      sameSubject: isDeepStrictEqual({ ...training?.content.subject }, subject),
      preparedByFiler: await preparedByWriter(tx, plan.id, plan.filedVersion ?? 0),
    });
    refuseIf([...reasons, ...cover.faults]);
    const unverified = unverifiedOfExamPlan({ sameBody, separation });
    return { entryIds: cover.entryIds, ruleIds: ruleId === null ? [] : [ruleId], unverified };
  }

  private async isSameBody(tx: EntityManager, { organisationId, evaluationOrganisationId }: ExamPlan) {
    const training = await this.organisations.find(tx, organisationId);
    const evaluation = await this.organisations.find(tx, evaluationOrganisationId);
    return training !== undefined && evaluation !== undefined && isSameBody(training, evaluation);
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
