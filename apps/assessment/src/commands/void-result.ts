import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Database } from '@shuzheng/platform';
import { ResultVoider } from '../data/result-voider.js';
import { lockSessionOf } from '../data/sessions.js';
import { voidCodes } from '../domain/voiding.js';

export class VoidReceipt {
  @Uuid() readonly resultId!: string;
  @Instant() readonly voidedAt!: string;
}

export class VoidReason {
  @OneOf(Object.keys(voidCodes), { optional: true, description: '作废理由代码，默认 other' }) readonly code?: string;
  @Prose(2, 500) readonly reason!: string;
}

/** 作废: a released result no longer stands, until the department has confirmed its row. It stays readable, with the reason. */
export class VoidResult extends Command<VoidReceipt> {
  constructor(
    readonly resultId: string,
    readonly given: VoidReason,
  ) {
    super();
  }
}

@CommandHandler(VoidResult)
export class VoidResultHandler implements ICommandHandler<VoidResult> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly voider: ResultVoider,
  ) {}

  execute({ resultId, given: { code = 'other', reason } }: VoidResult) {
    return this.db.transaction(async (tx) => {
      const { id: sessionId } = await lockSessionOf(tx, resultId);
      const voidedAt = await this.voider.void(tx, { resultId, code, reason });
      await this.audit.note({ subject: `result:${resultId}`, detail: { sessionId, code } });
      return { resultId, voidedAt };
    });
  }
}
