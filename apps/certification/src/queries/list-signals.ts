import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Int, Json, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, row, SortedBy } from '@shuzheng/platform';
import { departmentOnly } from '../data/batches.js';
import { ruleOf, signalCodes } from '../domain/signals/rules.js';

export class SignalView {
  @Uuid() readonly id!: string;
  @Uuid() readonly batchId!: string;
  @Uuid({ nullable: true, description: 'null：整个批次' }) readonly rowId!: string | null;
  @Int(1, 9999, { nullable: true, description: '批次中的行号' }) readonly rowNumber!: number | null;
  @OneOf(signalCodes) readonly code!: string;
  @Text(1, 100) readonly title!: string;
  @Text(1, 500, { description: '规则的文字说明' }) readonly words!: string;
  @Text(1, 200, { description: '规则依据' }) readonly source!: string;
  @OneOf(['blocking', 'advisory'], { description: 'blocking：未处理前不能确认；advisory：提示' })
  readonly severity!: string;
  @Json({ description: '人数、日期、代码，不含个人信息' }) readonly facts!: object;
  @Json({ description: '判断时所依据的参数及其来源' }) readonly setting!: object;
  @OneOf(['open', 'dismissed', 'closed']) readonly state!: string;
  @Int(1, 100_000) readonly version!: number;
  @Instant() readonly raisedAt!: string;
  @Instant() readonly changedAt!: string;
  @Text(0, 500, { nullable: true, description: '处理理由；facts-changed：事实变化后不再成立' })
  readonly reason!: string | null;
  @Uuid({ nullable: true, description: '处理人' }) readonly by!: string | null;
}
export const SignalPage = PageOf(SignalView);

export class SignalFilter extends SortedBy('rowNumber', 'code', 'severity', '-changedAt') {
  @OneOf(signalCodes, { optional: true }) readonly code?: string;
  @OneOf(['open', 'dismissed', 'closed'], { optional: true }) readonly state?: string;
  @OneOf(['blocking', 'advisory'], { optional: true }) readonly severity?: string;
}

/** The signals of a batch, or of one row. The department alone sees them. */
export class ListSignals extends Query<Page<SignalView>> {
  constructor(
    readonly of: { readonly batchId: string } | { readonly rowId: string },
    readonly filter: SignalFilter,
  ) {
    super();
  }
}

type Found = Omit<SignalView, 'title' | 'words' | 'source'>;

@QueryHandler(ListSignals)
export class ListSignalsHandler implements IQueryHandler<ListSignals> {
  constructor(private readonly db: Database) {}

  execute({ of, filter }: ListSignals) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const [table, id] = 'batchId' in of ? ['batch', of.batchId] : ['batch_row', of.rowId];
      if (!(await row(tx, `select 1 from ${table} where id = $1`, [id]))) throw new Missing();
      const where = [
        ['batchId' in of ? 'signal.batch_id = ?' : 'signal.row_id = ?', id],
        ['signal.code = ?', filter.code],
        ['signal.state = ?', filter.state],
        ['signal.severity = ?', filter.severity],
      ] as const;
      const found = await page<Found & Record<string, unknown>>(this.db, { columns, from, where }, filter);
      return { ...found, items: found.items.map(inWords) };
    });
  }
}

function inWords(one: Found): SignalView {
  const rule = ruleOf(one.code);
  return { ...one, title: rule?.title ?? one.code, words: rule?.words ?? '', source: rule?.source ?? '' };
}

const columns = {
  id: 'signal.id',
  batchId: 'signal.batch_id',
  rowId: 'signal.row_id',
  rowNumber: 'row.number',
  code: 'signal.code',
  severity: 'signal.severity',
  facts: 'signal.facts',
  setting: 'signal.setting',
  state: 'signal.state',
  version: 'signal.version',
  raisedAt: 'signal.raised_at',
  changedAt: 'signal.changed_at',
  reason: 'change.reason',
  by: 'change.by',
};

const from = `signal left join batch_row as row on row.id = signal.row_id
  join signal_change as change on change.signal_id = signal.id and change.version = signal.version`;
