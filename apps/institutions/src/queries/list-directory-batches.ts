import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Instant, Int, Sha256, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

export class DirectoryBatchView {
  @Uuid() readonly id!: string;
  @Text(1, 100, { description: '批次' }) readonly batch!: string;
  @Text(1, 500) readonly source!: string;
  @Day() readonly publishedOn!: string;
  @Int(1, 1000, { description: '录入的条目数' }) readonly entries!: number;
  @Int(0, 1000, { description: '其中的机构数' }) readonly organisations!: number;
  @Int(0, 1000, { description: '其中现已暂停的条目数' }) readonly suspended!: number;
  @Sha256({ description: '文件的摘要' }) readonly sha256!: string;
  @Instant() readonly recordedAt!: string;
}
export const DirectoryBatchPage = PageOf(DirectoryBatchView);

export class DirectoryBatchFilter extends SortedBy('-recordedAt', 'publishedOn', 'batch') {
  @Text(1, 100, { optional: true, description: '批次中的文字' }) readonly batch?: string;
}

export class ListDirectoryBatches extends Query<Page<DirectoryBatchView>> {
  constructor(
    readonly filter: DirectoryBatchFilter,
    /** Only this one. */
    readonly batchId?: string,
  ) {
    super();
  }
}

const countOf = (counted: string) =>
  `(select count(${counted})::int from directory_entry where directory_entry.batch_id = directory_batch.id)`;

@QueryHandler(ListDirectoryBatches)
export class ListDirectoryBatchesHandler implements IQueryHandler<ListDirectoryBatches> {
  constructor(private readonly db: Database) {}

  execute({ filter, batchId }: ListDirectoryBatches) {
    return page<DirectoryBatchView & Record<string, unknown>>(
      this.db,
      {
        columns: {
          id: 'id',
          batch: 'name',
          source: 'source',
          publishedOn: 'published_on',
          entries: 'entries',
          organisations: countOf('distinct organisation_id'),
          suspended: countOf('suspended_from'),
          sha256: 'sha256',
          recordedAt: 'recorded_at',
        },
        from: 'directory_batch',
        where: [
          ['id = ?', batchId],
          ['position(? in name) > 0', filter.batch],
        ],
      },
      filter,
    );
  }
}
