import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Decimal, Instant, Int, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, row, SortedBy } from '@shuzheng/platform';
import { departmentOnly } from '../data/batches.js';

export class SampleView {
  @Uuid() readonly id!: string;
  @Uuid() readonly batchId!: string;
  @Int(1, 1000, { description: '第几次抽查' }) readonly nth!: number;
  @Code() readonly seed!: string;
  @Text(1, 40, { description: 'sha256-order-v1：按 SHA-256(种子|行ID) 的十六进制升序取前若干行' })
  readonly algorithm!: string;
  @Int(1, 100, { nullable: true }) readonly percent!: number | null;
  @Int(1, 5000, { nullable: true }) readonly count!: number | null;
  @Int(0, 5000, { description: '抽取时可抽的行数' }) readonly eligible!: number;
  @Int(0, 5000) readonly drawn!: number;
  @Int(0, 5000) readonly flagged!: number;
  @Int(0, 5000, { description: '已核查' }) readonly checked!: number;
  @Int(0, 5000) readonly sound!: number;
  @Int(0, 5000) readonly faulty!: number;
  @Int(0, 5000) readonly unclear!: number;
  @Decimal(0, 100, { description: '已核查的行占批次全部行的百分比' }) readonly coverage!: number;
  @Uuid() readonly drawnBy!: string;
  @Instant() readonly drawnAt!: string;
}
export const SamplePage = PageOf(SampleView);

export class SampleFilter extends SortedBy('nth') {}

/** The draws of a batch, with how far they have been looked at. */
export class ListSamples extends Query<Page<SampleView>> {
  constructor(
    readonly batchId: string,
    readonly filter: SampleFilter,
  ) {
    super();
  }
}

@QueryHandler(ListSamples)
export class ListSamplesHandler implements IQueryHandler<ListSamples> {
  constructor(private readonly db: Database) {}

  execute({ batchId, filter }: ListSamples) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from batch where id = $1', [batchId]))) throw new Missing();
      const listing = { columns, from: 'sample', where: [['batch_id = ?', batchId]] as const };
      return page<SampleView & Record<string, unknown>>(this.db, listing, filter);
    });
  }
}

const counted = (condition: string) =>
  `(select count(*)::int from sample_row where sample_id = sample.id and ${condition})`;

const columns = {
  id: 'sample.id',
  batchId: 'batch_id',
  nth: 'nth',
  seed: 'seed',
  algorithm: 'algorithm',
  percent: 'percent',
  count: 'sample.count',
  eligible: 'cardinality(population)',
  drawn: 'drawn',
  flagged: 'flagged',
  checked: counted('outcome is not null'),
  sound: counted(`outcome = 'sound'`),
  faulty: counted(`outcome = 'faulty'`),
  unclear: counted(`outcome = 'unclear'`),
  coverage: `round(100.0 * ${counted('outcome is not null')}
    / (select count(*) from batch_row where batch_row.batch_id = sample.batch_id), 1)`,
  drawnBy: 'drawn_by',
  drawnAt: 'drawn_at',
};
