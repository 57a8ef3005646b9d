import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { printColumns, printFrom, PrintOrderView, printSeen } from '../data/print-view.js';
import { openPrintStates, printStates } from '../domain/printing.js';

export const PrintPage = PageOf(PrintOrderView);

export class PrintFilter extends SortedBy('dueOn', 'orderedAt', 'registryNumber', 'state') {
  @OneOf(printStates, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly certificateId?: string;
  @Text(1, 100, { optional: true, description: '印制单位' }) readonly printer?: string;
  @Day({ optional: true, description: '未完成且应完成日期不晚于该日' }) readonly dueBy?: string;
}

export class ListPrints extends Query<Page<PrintOrderView>> {
  constructor(readonly filter: PrintFilter) {
    super();
  }
}

@QueryHandler(ListPrints)
export class ListPrintsHandler implements IQueryHandler<ListPrints> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: ListPrints) {
    const open = openPrintStates.map((state) => `'${state}'`).join(', ');
    const found = await page<Omit<PrintOrderView, 'status'> & Record<string, unknown>>(
      this.db,
      {
        columns: printColumns,
        from: printFrom,
        where: [
          ['print_order.state = ?', filter.state],
          ['print_order.certificate_id = ?', filter.certificateId],
          ['print_order.printer = ?', filter.printer],
          [`print_order.state in (${open}) and print_order.due_on <= ?`, filter.dueBy],
        ],
      },
      filter,
    );
    return { ...found, items: found.items.map((one) => printSeen(one)) };
  }
}
