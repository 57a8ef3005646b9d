import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Int, Json, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, row, SortedBy } from '@shuzheng/platform';
import { departmentOnly } from '../data/batches.js';

export class SignalChangeView {
  @Uuid() readonly id!: string;
  @Int(1, 100_000) readonly version!: number;
  @OneOf(['open', 'dismissed', 'closed']) readonly state!: string;
  @Json() readonly facts!: object;
  @Json() readonly setting!: object;
  @Text(0, 500, { nullable: true }) readonly reason!: string | null;
  @Uuid({ nullable: true }) readonly by!: string | null;
  @Instant() readonly at!: string;
}
export const SignalChangePage = PageOf(SignalChangeView);

export class SignalHistoryFilter extends SortedBy('version') {}

/** Everything that became of a signal. */
export class ListSignalHistory extends Query<Page<SignalChangeView>> {
  constructor(
    readonly id: string,
    readonly filter: SignalHistoryFilter,
  ) {
    super();
  }
}

@QueryHandler(ListSignalHistory)
export class ListSignalHistoryHandler implements IQueryHandler<ListSignalHistory> {
  constructor(private readonly db: Database) {}

  execute({ id, filter }: ListSignalHistory) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from signal where id = $1', [id]))) throw new Missing();
      const listing = { columns, from: 'signal_change', where: [['signal_id = ?', id]] as const };
      return page<SignalChangeView & Record<string, unknown>>(this.db, listing, filter);
    });
  }
}

const columns = {
  id: 'signal_id',
  version: 'version',
  state: 'state',
  facts: 'facts',
  setting: 'setting',
  reason: 'reason',
  by: 'by',
  at: 'at',
};
