import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Database } from '@shuzheng/platform';
import { Amendments } from '../data/amendments.js';

export class AmendmentClosed {
  @Uuid() readonly amendmentId!: string;
  @Uuid() readonly certificateId!: string;
}

export class Rejection {
  @Prose(2, 500, { description: '驳回理由' }) readonly reason!: string;
}

/** The department does not approve what was asked for. The certificate stays as it is and may be asked for anew. */
export class RejectAmendment extends Command<AmendmentClosed> {
  constructor(
    readonly amendmentId: string,
    readonly rejection: Rejection,
  ) {
    super();
  }
}

@CommandHandler(RejectAmendment)
export class RejectAmendmentHandler implements ICommandHandler<RejectAmendment> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly amendments: Amendments,
  ) {}

  execute({ amendmentId, rejection: { reason } }: RejectAmendment) {
    return this.db.transaction(async (tx) => {
      const { amendment } = await this.amendments.lockToDecide(tx, amendmentId);
      await this.amendments.decide(tx, amendment, { state: 'rejected', why: reason });
      const { certificateId, act } = amendment;
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { amendmentId, act } });
      return { amendmentId, certificateId };
    });
  }
}
