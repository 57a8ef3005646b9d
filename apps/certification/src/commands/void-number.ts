import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import { accountId, departmentOnly, lockBatch, moveRows } from '../data/batches.js';
import { rowActs } from '../domain/row-states.js';

export class VoidReceipt {
  @Uuid() readonly ledgerId!: string;
}

export class VoidOrder {
  @Prose(2, 300, { description: '作废原因，请勿填写个人信息' }) readonly reason!: string;
}

/** Give up a number that was allocated and not used. It stays in the ledger with its reason; its row waits for a new one. */
export class VoidNumber extends Command<VoidReceipt> {
  constructor(
    readonly ledgerId: string,
    readonly order: VoidOrder,
  ) {
    super();
  }
}

@CommandHandler(VoidNumber)
export class VoidNumberHandler implements ICommandHandler<VoidNumber> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ ledgerId, order }: VoidNumber) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const of = await row<{ batchId: string }>(tx, 'select batch_id as "batchId" from ledger where id = $1', [
        ledgerId,
      ]);
      if (!of) throw new Missing();
      await lockBatch(tx, of.batchId);
      const number = await row<{ state: string; rowId: string }>(
        tx,
        'select state, row_id as "rowId" from ledger where id = $1 for update',
        [ledgerId],
      );
      refuseIf([
        ...(number?.state === 'used' ? ['number-used'] : []),
        ...(number?.state === 'void' ? ['number-void'] : []),
      ]);

      await sql(
        tx,
        `update ledger set state = 'void', live = false, voided_at = $2, voided_by = $3, void_reason = $4 where id = $1`,
        [ledgerId, this.clock.now(), accountId(), order.reason],
      );
      const { from, to } = rowActs['void-number'];
      await moveRows(tx, number ? [number.rowId] : [], from, to);
      await this.audit.note({ subject: `number:${ledgerId}`, detail: { batchId: of.batchId } });
      return { ledgerId };
    });
  }
}
