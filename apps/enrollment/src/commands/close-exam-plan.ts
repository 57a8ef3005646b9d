import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { lockExamPlan } from '../data/exam-plans.js';
import type { EndedPlan } from '../data/plan-endings.js';
import { faultsOfExamMove } from '../domain/plan-states.js';

/** Say that nothing more happens under an exam plan. */
export class CloseExamPlan extends Command<EndedPlan> {
  constructor(readonly planId: string) {
    super();
  }
}

@CommandHandler(CloseExamPlan)
export class CloseExamPlanHandler implements ICommandHandler<CloseExamPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ planId }: CloseExamPlan) {
    return this.db.transaction(async (tx) => {
      const { state } = await lockExamPlan(tx, planId);
      refuseIf(faultsOfExamMove(state, 'close'));
      await sql(tx, `update exam_plan set state = 'closed', closed_at = $2 where id = $1`, [planId, this.clock.now()]);
      await this.audit.note({ subject: `plan:${planId}`, detail: { closed: true } });
      return { planId };
    });
  }
}
