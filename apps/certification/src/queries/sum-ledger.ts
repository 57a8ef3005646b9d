import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Flag, Int } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { departmentOnly } from '../data/batches.js';

export class SeriesSum {
  @Code() readonly series!: string;
  @Int(0, 9999999, { description: '最后一个流水号' }) readonly last!: number;
  @Int(0, 9999999) readonly used!: number;
  @Int(0, 9999999) readonly allocated!: number;
  @Int(0, 9999999) readonly void!: number;
  @Flag({ description: '每个流水号都有去向' }) readonly complete!: boolean;
}

export const SeriesPage = PageOf(SeriesSum);

export class SeriesFilter extends SortedBy('id', '-last') {}

/** Does every number of every series have its place in the ledger? */
export class SumLedger extends Query<Page<SeriesSum>> {
  constructor(readonly filter: SeriesFilter) {
    super();
  }
}

@QueryHandler(SumLedger)
export class SumLedgerHandler implements IQueryHandler<SumLedger> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: SumLedger) {
    departmentOnly();
    const found = await page<Omit<SeriesSum, 'series'> & { id: string }>(
      this.db,
      { columns, from: `(${sums}) as sums` },
      filter,
    );
    return { ...found, items: found.items.map(({ id: series, ...sum }) => ({ series, ...sum })) };
  }
}

const columns = {
  id: 'series',
  last: 'last',
  used: 'used',
  allocated: 'allocated',
  void: 'void',
  complete: 'complete',
};

const sums = `
  select code as series, last_serial as last,
    (count(*) filter (where state = 'used'))::int as used,
    (count(*) filter (where state = 'allocated'))::int as allocated,
    (count(*) filter (where state = 'void'))::int as void,
    count(serial) = last_serial and coalesce(max(serial), 0) = last_serial as complete
  from series left join ledger on series = code
  group by code`;
