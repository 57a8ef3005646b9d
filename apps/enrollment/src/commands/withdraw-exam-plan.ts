import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlanWithdrawn } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { lockExamPlan } from '../data/exam-plans.js';
import type { EndedPlan } from '../data/plan-endings.js';
import { openSessionsUnder } from '../data/under-plans.js';
import { faultsOfExamMove } from '../domain/plan-states.js';

/** Take an exam plan back, while the evaluation institution has opened no session under it. */
export class WithdrawExamPlan extends Command<EndedPlan> {
  constructor(
    readonly planId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawExamPlan)
export class WithdrawExamPlanHandler implements ICommandHandler<WithdrawExamPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ planId, reason }: WithdrawExamPlan) {
    return this.db.transaction(async (tx) => {
      const { state, organisationId } = await lockExamPlan(tx, planId);
      const sessions = await openSessionsUnder(tx, planId);
      refuseIf([...faultsOfExamMove(state, 'withdraw'), ...(sessions > 0 ? ['plan-has-sessions'] : [])]);
      await sql(
        tx,
        `update exam_plan set state = 'withdrawn', withdrawn_at = $2, withdrawn_reason = $3 where id = $1`,
        [planId, this.clock.now(), reason],
      );
      announce(tx, PlanWithdrawn, { planId, kind: 'exam', organisationId, withdrawnOn: this.clock.today() });
      await this.audit.note({ subject: `plan:${planId}`, detail: { withdrawn: true } });
      return { planId };
    });
  }
}
