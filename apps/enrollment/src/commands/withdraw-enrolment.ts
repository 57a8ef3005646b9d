import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf } from '@shuzheng/platform';
import { liveEnrolments, lockClassOf } from '../data/classes.js';
import { Leaving } from '../data/leaving.js';
import { remember } from '../data/moments.js';
import { mayMove } from '../domain/class-states.js';
import { reasonsNotToWithdrawSeat, withdrawalReasons } from '../domain/leaving.js';

export class WithdrawnReceipt {
  @Uuid() readonly enrolmentId!: string;
}

export class WithdrawalReason {
  @OneOf(withdrawalReasons) readonly reason!: string;
  @Prose(2, 200, { optional: true, description: '具体情况；原因为 other 时必填' }) readonly text?: string;
}

/** 退班. The row stays, with its reason. */
export class WithdrawEnrolment extends Command<WithdrawnReceipt> {
  constructor(
    readonly enrolmentId: string,
    readonly why: WithdrawalReason,
  ) {
    super();
  }
}

@CommandHandler(WithdrawEnrolment)
export class WithdrawEnrolmentHandler implements ICommandHandler<WithdrawEnrolment> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly leaving: Leaving,
  ) {}

  execute({ enrolmentId, why: { reason, text } }: WithdrawEnrolment) {
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'enrolment', enrolmentId);
      const { allKnown } = await liveEnrolments(tx, of.id, [enrolmentId]);
      const live = allKnown && mayMove(of.state, 'withdraw');
      refuseIf(reasonsNotToWithdrawSeat({ reason, text, live }));

      await this.leaving.withdraw(tx, of, [{ enrolmentId, reason, text: text ?? null }]);
      await remember(tx, of, 'withdrawn', this.clock.now(), { reason, learners: 1 });
      await this.audit.note({ subject: `class:${of.id}`, detail: { withdrawn: enrolmentId, reason } });
      return { enrolmentId };
    });
  }
}
