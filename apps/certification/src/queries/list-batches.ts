import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { OneOf, Uuid } from '@shuzheng/contracts';
import { Calendars, Clock, Database, type Page, page, PageOf, PageQuery } from '@shuzheng/platform';
import { batchColumns, BatchView } from '../data/batch-view.js';
import { confirmationDue } from '../domain/confirmation.js';

export const BatchPage = PageOf(BatchView);

export class BatchFilter extends PageQuery {
  @Uuid({ optional: true }) readonly sessionId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
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
      const found = await page<Omit<BatchView, 'due'> & { openSince: string | null }>(
        this.db,
        {
          columns: batchColumns,
          from: 'batch',
          where: [
            ['batch.session_id = ?', filter.sessionId],
            ['batch.organisation_id = ?', filter.organisationId],
            [
              'exists (select from batch_row as open where open.batch_id = batch.id and open.state = any(?::text[]))',
              filter.queue === undefined ? undefined : queues[filter.queue],
            ],
          ],
          sorts: ['-openedAt', 'examOn', 'serial'],
        },
        filter,
      );
      const calendar = await this.calendars.load(tx);
      const items = found.items.map(({ openSince, ...batch }) => ({
        ...batch,
        due: openSince === null ? null : confirmationDue(calendar, this.clock.today(), openSince),
      }));
      return { ...found, items };
    });
  }
}
