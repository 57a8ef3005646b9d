import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { classesUnder, examPlansUnder } from '../data/under-plans.js';
import type { EndedPlan } from '../data/plan-endings.js';
import { lockTrainingPlan } from '../data/training-plans.js';
import { reasonsNotToClose } from '../domain/ending-plans.js';

/** Say that nothing more happens under a training plan: its classes are reported, its exam plans over. */
export class CloseTrainingPlan extends Command<EndedPlan> {
  constructor(readonly planId: string) {
    super();
  }
}

@CommandHandler(CloseTrainingPlan)
export class CloseTrainingPlanHandler implements ICommandHandler<CloseTrainingPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ planId }: CloseTrainingPlan) {
    return this.db.transaction(async (tx) => {
      const { state } = await lockTrainingPlan(tx, planId);
      const classes = await classesUnder(tx, planId);
      refuseIf(reasonsNotToClose({ state, classes, examPlans: await examPlansUnder(tx, planId) }));
      await sql(tx, `update training_plan set state = 'closed', closed_at = $2 where id = $1`, [
        planId,
        this.clock.now(),
      ]);
      await this.audit.note({ subject: `plan:${planId}`, detail: { closed: true } });
      return { planId };
    });
  }
}
