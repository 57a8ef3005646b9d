import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { List, OneOf, Prose, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database } from '@shuzheng/platform';
import { lockClass } from '../data/classes.js';
import { Leaving } from '../data/leaving.js';
import { liveSeats } from '../data/live-seats.js';
import { remember } from '../data/moments.js';
import { RefusedItem, refusedItem } from '../data/per-item.js';
import { mayMove } from '../domain/class-states.js';
import { reasonsNotToWithdrawSeat, withdrawalReasons } from '../domain/leaving.js';

export class WithdrawalItem {
  @Text(1, 60, { optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @Uuid() readonly enrolmentId!: string;
  @OneOf(withdrawalReasons) readonly reason!: string;
  @Prose(2, 200, { optional: true }) readonly text?: string;
}

export class WithdrawalsInput {
  @List(() => WithdrawalItem, 1, 500) readonly withdrawals!: WithdrawalItem[];
}

export class WithdrawnItem {
  @Text(1, 60, { nullable: true }) readonly reference!: string | null;
  @Uuid() readonly enrolmentId!: string;
}

export class WithdrawalsReceipt {
  @List(() => WithdrawnItem, 0, 500) readonly withdrawn!: WithdrawnItem[];
  @List(() => RefusedItem, 0, 500) readonly refused!: RefusedItem[];
}

/** 批量退班: each item is answered for itself. */
export class WithdrawEnrolments extends Command<WithdrawalsReceipt> {
  constructor(
    readonly classId: string,
    readonly withdrawals: readonly WithdrawalItem[],
  ) {
    super();
  }
}

@CommandHandler(WithdrawEnrolments)
export class WithdrawEnrolmentsHandler implements ICommandHandler<WithdrawEnrolments> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly leaving: Leaving,
  ) {}

  execute({ classId, withdrawals }: WithdrawEnrolments) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      const live = mayMove(of.state, 'withdraw') ? await liveSeats(tx, classId) : new Map<string, string>();
      const accepted: WithdrawalItem[] = [];
      const refused: RefusedItem[] = [];
      for (const item of withdrawals) {
        const { reason, text, enrolmentId } = item;
        const broken = reasonsNotToWithdrawSeat({ reason, text, live: live.has(enrolmentId) });
        if (broken.length > 0) refused.push(refusedItem(item, broken));
        // Whoever is listed a second time has left already.
        else if (live.delete(enrolmentId)) accepted.push(item);
      }

      const leavers = accepted.map(({ enrolmentId, reason, text }) => ({ enrolmentId, reason, text: text ?? null }));
      await this.leaving.withdraw(tx, of, leavers);
      const counts = { learners: accepted.length, refused: refused.length };
      if (accepted.length > 0) await remember(tx, of, 'withdrawn', this.clock.now(), counts);
      await this.audit.note({ subject: `class:${classId}`, detail: counts });
      return { withdrawn: accepted.map(({ reference = null, enrolmentId }) => ({ reference, enrolmentId })), refused };
    });
  }
}
