import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Clock, Database } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { ExamPlanWriter } from '../data/exam-plans.js';
import type { ExamPlanContent, PlanReceipt } from '../data/plan-content.js';

/** Begin an exam plan and ask the evaluation institution for its consent. */
export class DraftExamPlan extends Command<PlanReceipt> {
  constructor(readonly content: ExamPlanContent) {
    super();
  }
}

@CommandHandler(DraftExamPlan)
export class DraftExamPlanHandler implements ICommandHandler<DraftExamPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly plans: ExamPlanWriter,
  ) {}

  execute({ content }: DraftExamPlan) {
    return this.db.transaction(async (tx) => {
      const planId = randomUUID();
      await this.plans.write(tx, { planId, version: 1, now: this.clock.now() }, content);
      await this.audit.note({ subject: `plan:${planId}`, detail: { version: 1 } });
      return { planId, version: 1 };
    });
  }
}
