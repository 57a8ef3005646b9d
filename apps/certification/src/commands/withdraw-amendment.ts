import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Uuid } from '@shuzheng/contracts';
import { Audit, Database } from '@shuzheng/platform';
import { Amendments } from '../data/amendments.js';

export class AmendmentWithdrawn {
  @Uuid() readonly amendmentId!: string;
  @Uuid() readonly certificateId!: string;
}

/** Whoever asked takes the request back before it is decided. */
export class WithdrawAmendment extends Command<AmendmentWithdrawn> {
  constructor(readonly amendmentId: string) {
    super();
  }
}

@CommandHandler(WithdrawAmendment)
export class WithdrawAmendmentHandler implements ICommandHandler<WithdrawAmendment> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly amendments: Amendments,
  ) {}

  execute({ amendmentId }: WithdrawAmendment) {
    return this.db.transaction(async (tx) => {
      const { amendment } = await this.amendments.lockToWithdraw(tx, amendmentId);
      await this.amendments.decide(tx, amendment, { state: 'withdrawn' });
      const { certificateId, act } = amendment;
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { amendmentId, act } });
      return { amendmentId, certificateId };
    });
  }
}
