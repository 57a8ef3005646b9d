import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Clock, Database, refuseIf, requireVersion } from '@shuzheng/platform';
import { ExamPlanWriter, lockExamPlan } from '../data/exam-plans.js';
import type { ExamPlanContent, PlanReceipt } from '../data/plan-content.js';
import { faultsOfExamMove } from '../domain/plan-states.js';

/** Write a new version of an exam plan that is not on file yet, or came back for correction. The evaluation institution is asked again. */
export class AmendExamPlan extends Command<PlanReceipt> {
  constructor(
    readonly planId: string,
    readonly content: ExamPlanContent,
  ) {
    super();
  }
}

@CommandHandler(AmendExamPlan)
export class AmendExamPlanHandler implements ICommandHandler<AmendExamPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly plans: ExamPlanWriter,
  ) {}

  execute({ planId, content }: AmendExamPlan) {
    return this.db.transaction(async (tx) => {
      const plan = await lockExamPlan(tx, planId);
      requireVersion(plan.version);
      refuseIf(faultsOfExamMove(plan.state, plan.returned ? 'amend-returned' : 'amend'));

      const version = plan.version + 1;
      await this.plans.write(tx, { planId, version, now: this.clock.now() }, content);
      await this.audit.note({ subject: `plan:${planId}`, detail: { version } });
      return { planId, version };
    });
  }
}
