import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, OneOf, Uuid } from '@shuzheng/contracts';
import { Calendars, Clock, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { queueKey, stateExpression } from '../data/batch-queue.js';
import { batchColumns, batchSeen, BatchView, type FoundBatch } from '../data/batch-view.js';
import { batchStates } from '../domain/batch-status.js';

export const BatchPage = PageOf(BatchView);

export class BatchFilter extends SortedBy('queue', '-openedAt', 'examOn', 'serial', '-risk') {
  @Uuid({ optional: true }) readonly sessionId?: string;
  @Uuid({ optional: true, description: '评价机构' }) readonly organisationId?: string;
  @Code({ optional: true }) readonly cityCode?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
  @OneOf(batchStates, { optional: true }) readonly state?: string;
  @OneOf(['undecided', 'to-send', 'to-issue'], {
    optional: true,
    description: '工作队列：待决定、待上报、待颁发',
  })
  readonly queue?: string;
}

export class ListBatches extends Query<Page<BatchView>> {
  constructor(readonly filter: BatchFilter) {
    super();
  }
}

const queues: Readonly<Record<string, readonly string[]>> = {
  undecided: ['received', 'proposed'],
  'to-send': ['confirmed'],
  'to-issue': ['approved'],
};

@QueryHandler(ListBatches)
export class ListBatchesHandler implements IQueryHandler<ListBatches> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendars: Calendars,
  ) {}

  execute({ filter }: ListBatches) {
    return this.db.transaction(async (tx) => {
      const found = await page<FoundBatch & { queue: string }>(
        this.db,
        {
          columns: { ...batchColumns, queue: queueKey(batchColumns.openSince) },
          from: 'batch',
          where: [
            ['batch.session_id = ?', filter.sessionId],
            ['batch.organisation_id = ?', filter.organisationId],
            ['batch.city_code = ?', filter.cityCode],
            ['batch.occupation_code = ?', filter.occupationCode],
            [`(${stateExpression}) = ?`, filter.state],
            [
              'exists (select from batch_row as open where open.batch_id = batch.id and open.state = any(?::text[]))',
              filter.queue === undefined ? undefined : queues[filter.queue],
            ],
          ],
          // Days left, then risk: the default is the order in which the department works.
        },
        filter,
      );
      const calendar = await this.calendars.load(tx);
      const items = found.items.map(({ queue: _queue, ...batch }) => batchSeen(batch, calendar, this.clock.today()));
      return { ...found, items };
    });
  }
}
