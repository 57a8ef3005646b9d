import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, Personal, refuseIf, requireVersion, row, sql } from '@shuzheng/platform';
import { accountId } from '../data/batches.js';
import { type PrintAct, printActs, printStates, type PrintState, reasonsNotToAdvance } from '../domain/printing.js';

export class PrintAdvanced {
  @Uuid() readonly orderId!: string;
  @OneOf(printStates) readonly state!: string;
  @Int(2, 1000) readonly version!: number;
}

/** The next step of a print order: it is handed over, sent, delivered, comes back, or is cancelled with a reason. */
export class AdvancePrint extends Command<PrintAdvanced> {
  constructor(
    readonly orderId: string,
    readonly act: PrintAct,
    readonly reason?: string,
  ) {
    super();
  }
}

export class PrintReason {
  @Prose(2, 300, { description: '原因' }) readonly reason!: string;
}

@CommandHandler(AdvancePrint)
export class AdvancePrintHandler implements ICommandHandler<AdvancePrint> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ orderId, act, reason }: AdvancePrint) {
    return this.db.transaction(async (tx) => {
      const order = await row<{ state: PrintState; version: number }>(
        tx,
        'select state, version from print_order where id = $1 for update',
        [orderId],
      );
      if (!order) throw new Missing();
      requireVersion(order.version);
      refuseIf(reasonsNotToAdvance(act, order.state));

      const { to: state } = printActs[act];
      const version = order.version + 1;
      const place = `${orderId}:${version}`;
      const sealed = reason === undefined ? null : this.personal.seal('print_step', 'reason_sealed', place, reason);
      await sql(tx, 'update print_order set state = $2, version = $3 where id = $1', [orderId, state, version]);
      await sql(tx, step, [orderId, version, state, sealed, accountId(), this.clock.now()]);
      await this.audit.note({ subject: `print-order:${orderId}`, detail: { state } });
      return { orderId, state, version };
    });
  }
}

const step = `
  insert into print_step (order_id, nth, organisation_id, state, reason_sealed, by_account, at)
  select id, $2, organisation_id, $3, $4, $5, $6 from print_order where id = $1`;
