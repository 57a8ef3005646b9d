import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Flag, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, row, SortedBy } from '@shuzheng/platform';
import { Transform } from 'class-transformer';
import { departmentOnly } from '../data/batches.js';

export class SampledRow {
  @Uuid({ description: '行' }) readonly id!: string;
  @Int(1, 9999) readonly number!: number;
  @Text(1, 60) readonly maskedName!: string;
  @OneOf(['drawn', 'flagged']) readonly why!: string;
  @Text(1, 40) readonly state!: string;
  @OneOf(['sound', 'faulty', 'unclear'], { nullable: true }) readonly outcome!: string | null;
  @Text(1, 500, { nullable: true }) readonly note!: string | null;
  @Uuid({ nullable: true }) readonly checkedBy!: string | null;
  @Instant({ nullable: true }) readonly checkedAt!: string | null;
}
export const SampledRowPage = PageOf(SampledRow);

export class SampledRowFilter extends SortedBy('number', 'why', 'outcome') {
  @Flag({ optional: true, description: 'true：只看未核查的' })
  @Transform(({ value }) => value === 'true' || value === true)
  readonly unchecked?: boolean;
}

/** What a sample asks to be looked at. */
export class ListSampleRows extends Query<Page<SampledRow>> {
  constructor(
    readonly sampleId: string,
    readonly filter: SampledRowFilter,
  ) {
    super();
  }
}

@QueryHandler(ListSampleRows)
export class ListSampleRowsHandler implements IQueryHandler<ListSampleRows> {
  constructor(private readonly db: Database) {}

  execute({ sampleId, filter }: ListSampleRows) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from sample where id = $1', [sampleId]))) throw new Missing();
      const where = [
        ['sample_id = ?', sampleId],
        ['(outcome is null) = ?', filter.unchecked],
      ] as const;
      const listing = { columns, from, where };
      return page<SampledRow & Record<string, unknown>>(this.db, listing, filter);
    });
  }
}

const columns = {
  id: 'row.id',
  number: 'row.number',
  maskedName: 'row.masked_name',
  why: 'sampled.why',
  state: 'row.state',
  outcome: 'sampled.outcome',
  note: 'sampled.note',
  checkedBy: 'sampled.checked_by',
  checkedAt: 'sampled.checked_at',
};

const from = 'sample_row as sampled join batch_row as row on row.id = sampled.row_id';
