import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ExamPlanAnswered, Flag, Instant, Int, Prose, Uuid } from '@shuzheng/contracts';
import {
  actor,
  announce,
  Audit,
  Clock,
  Conflict,
  Database,
  Directory,
  notYetKnown,
  refuseIf,
  row,
  sql,
} from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { coverOn } from '../data/sessions.js';
import { reasonsNotToAnswer } from '../domain/answering.js';
import type { Subject } from '../domain/subject.js';

export class AnswerReceipt {
  @Uuid() readonly planId!: string;
  @Int(1, 1000) readonly version!: number;
  @Flag() readonly consented!: boolean;
  @Instant() readonly answeredAt!: string;
}

export class ExamPlanAnswer {
  @Int(1, 1000, { description: '所答复的计划版本' }) readonly version!: number;
  @Flag() readonly consented!: boolean;
  @Prose(1, 500, { optional: true, description: '不同意时必填' }) readonly reason?: string;
}

/** Agree to an exam plan, or say why not. */
export class AnswerExamPlan extends Command<AnswerReceipt> {
  constructor(
    readonly planId: string,
    readonly answer: ExamPlanAnswer,
  ) {
    super();
  }
}

interface Plan extends Subject {
  readonly version: number;
  readonly organisationId: string;
  readonly examFrom: string;
  readonly examTo: string;
  readonly withdrawn: boolean;
}

@CommandHandler(AnswerExamPlan)
export class AnswerExamPlanHandler implements ICommandHandler<AnswerExamPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly directory: Directory,
  ) {}

  execute({ planId, answer: { version, consented, ...given } }: AnswerExamPlan) {
    const reason = given.reason ?? null;
    return this.db.transaction(async (tx) => {
      const plan = await lockPlan(tx, planId);
      if (plan.version !== version) throw new Conflict('stale-version');
      const { organisationId, examFrom, examTo } = plan;
      const cover = await coverOn(tx, this.directory, { organisationId, subject: plan, days: [examFrom, examTo] });
      const answered = await row(tx, 'select 1 from exam_plan_answer where plan_id = $1 and version = $2', [
        planId,
        version,
      ]);
      const facts = { consented, reason, answered: answered !== undefined, withdrawn: plan.withdrawn };
      refuseIf(reasonsNotToAnswer({ ...facts, coverFaults: cover.faults }));

      const [answeredAt, answeredBy] = [this.clock.instant(), actor().accountId];
      await sql(
        tx,
        `insert into exam_plan_answer (plan_id, version, organisation_id, consented, reason, entries, answered_by, answered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [planId, version, organisationId, consented, reason, cover.entries, answeredBy, answeredAt],
      );
      const answer = { planId, version, consented, answeredAt };
      announce(tx, ExamPlanAnswered, { ...answer, evaluationOrganisationId: organisationId, reason });
      await this.audit.note({ subject: `exam-plan:${planId}`, detail: { version, consented } });
      return answer;
    });
  }
}

/** A plan may be on its way from enrollment; one that is addressed to somebody else looks the same. */
async function lockPlan(tx: EntityManager, planId: string): Promise<Plan> {
  const plan = await row<Plan>(
    tx,
    `select version, evaluation_organisation_id as "organisationId", occupation_code as "occupationCode", edition, level,
       direction, exam_from as "examFrom", exam_to as "examTo", withdrawn_on is not null as withdrawn
     from known_exam_plan where plan_id = $1 and evaluation_organisation_id = $2 for no key update`,
    [planId, actor().organisationId],
  );
  if (!plan) throw notYetKnown();
  return plan;
}
