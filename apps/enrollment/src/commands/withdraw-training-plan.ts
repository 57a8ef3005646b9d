import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClassCancelled, PlanWithdrawn } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { classesUnder, examPlansUnder } from '../data/under-plans.js';
import type { EndedPlan } from '../data/plan-endings.js';
import { lockTrainingPlan, type TrainingPlan } from '../data/training-plans.js';
import { reasonsNotToWithdraw } from '../domain/ending-plans.js';

/** Take a training plan back from file, while no class under it has begun to take learners. Announced classes go with it. */
export class WithdrawTrainingPlan extends Command<EndedPlan> {
  constructor(
    readonly planId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawTrainingPlan)
export class WithdrawTrainingPlanHandler implements ICommandHandler<WithdrawTrainingPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ planId, reason }: WithdrawTrainingPlan) {
    return this.db.transaction(async (tx) => {
      const plan = await lockTrainingPlan(tx, planId);
      const facts = { state: plan.state, classes: await classesUnder(tx, planId) };
      refuseIf(reasonsNotToWithdraw({ ...facts, examPlans: await examPlansUnder(tx, planId) }));

      const cancelled = await this.cancelClasses(tx, plan);
      await sql(
        tx,
        `update training_plan set state = 'withdrawn', withdrawn_at = $2, withdrawn_reason = $3 where id = $1`,
        [planId, this.clock.now(), reason],
      );
      const { organisationId } = plan;
      announce(tx, PlanWithdrawn, { planId, kind: 'training', organisationId, withdrawnOn: this.clock.today() });
      await this.audit.note({ subject: `plan:${planId}`, detail: { withdrawn: true, cancelledClasses: cancelled } });
      return { planId };
    });
  }

  private async cancelClasses(tx: EntityManager, { id, organisationId }: TrainingPlan): Promise<number> {
    const cancelledOn = this.clock.today();
    const cancelled = await rows<{ classId: string }>(
      tx,
      `update training_class set state = 'cancelled', cancelled_on = $2, cancelled_reason = 'plan-withdrawn', version = version + 1
       where plan_id = $1 and state = 'announced' returning id as "classId"`,
      [id, cancelledOn],
    );
    for (const { classId } of cancelled) announce(tx, ClassCancelled, { classId, organisationId, cancelledOn });
    return cancelled.length;
  }
}
