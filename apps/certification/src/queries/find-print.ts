import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Missing, Personal, row, rows } from '@shuzheng/platform';
import { printColumns, printFrom, PrintOrderView, printSeen } from '../data/print-view.js';
import { printStates } from '../domain/printing.js';

export class PrintStepView {
  @OneOf(printStates) readonly state!: string;
  @Instant() readonly at!: string;
  @Uuid() readonly by!: string;
  @Text(1, 300, { nullable: true }) readonly reason!: string | null;
}

export class PrintDetail extends PrintOrderView {
  @Text(1, 300, { nullable: true, description: '另印的理由' }) readonly overrideReason!: string | null;
  @List(() => PrintStepView, 1, 1000) readonly steps!: PrintStepView[];
}

/** One order with every step. Its reasons may name somebody, so the reading is recorded. */
export class FindPrint extends Query<PrintDetail> {
  constructor(readonly id: string) {
    super();
  }
}

type Found = Omit<PrintOrderView, 'status'> & { readonly override: string | null };

@QueryHandler(FindPrint)
export class FindPrintHandler implements IQueryHandler<FindPrint> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ id }: FindPrint) {
    return this.db.transaction(async (tx) => {
      const found = await row<Found>(tx, find, [id]);
      if (!found) throw new Missing();
      const { override, ...order } = found;
      const open = (table: string, column: string, place: string, sealed: string | null) =>
        sealed === null ? null : this.personal.open(table, column, place, sealed);
      const steps = await rows<PrintStepView & { nth: number }>(tx, findSteps, [id]);
      await this.audit.note({ subject: `print-order:${id}`, detail: { opened: 'print-order' } });
      return {
        ...printSeen(order),
        overrideReason: open('print_order', 'override_sealed', id, override),
        steps: steps.map(({ nth, reason, ...step }) => ({
          ...step,
          reason: open('print_step', 'reason_sealed', `${id}:${nth}`, reason),
        })),
      };
    });
  }
}

const columns = Object.entries(printColumns).map(([as, expression]) => `${expression} as "${as}"`);
const find = `select ${columns.join(', ')}, override_sealed as override from ${printFrom} where print_order.id = $1`;

const findSteps = `
  select nth, state, at, by_account as by, reason_sealed as reason from print_step where order_id = $1 order by nth`;
