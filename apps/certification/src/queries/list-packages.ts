import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Int, OneOf, Sha256, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

export class PackageView {
  @Uuid() readonly id!: string;
  @Uuid() readonly batchId!: string;
  @Text(6, 10, { description: '批次号' }) readonly serial!: string;
  @Int(1, 1000, { description: '该批次的第几个上报包' }) readonly nth!: number;
  @Int(1, 5000) readonly rows!: number;
  @Sha256() readonly sha256!: string;
  @Day() readonly sentOn!: string;
  @Uuid({ nullable: true, description: '尚未登记审核结果时为 null' }) readonly replyId!: string | null;
  @Day({ nullable: true }) readonly approvedOn!: string | null;
  @Day({ nullable: true }) readonly replyReceivedOn!: string | null;
  @Int(0, 5000, { nullable: true }) readonly approved!: number | null;
  @Int(0, 5000, { nullable: true }) readonly returned!: number | null;
}
export const PackagePage = PageOf(PackageView);

export class PackageFilter extends SortedBy('-sentOn', 'serial') {
  @Uuid({ optional: true }) readonly batchId?: string;
  @OneOf(['waiting', 'answered'], { optional: true }) readonly reply?: string;
}

export class ListPackages extends Query<Page<PackageView>> {
  constructor(readonly filter: PackageFilter) {
    super();
  }
}

@QueryHandler(ListPackages)
export class ListPackagesHandler implements IQueryHandler<ListPackages> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListPackages) {
    const answered = filter.reply === undefined ? undefined : filter.reply === 'answered';
    return page<PackageView>(
      this.db,
      {
        columns: {
          id: 'package.id',
          batchId: 'package.batch_id',
          serial: `to_char(batch.serial, 'FM000000')`,
          nth: 'package.nth',
          rows: 'package.rows',
          sha256: 'package.sha256',
          sentOn: 'package.sent_on',
          replyId: 'reply.id',
          approvedOn: 'reply.approved_on',
          replyReceivedOn: 'reply.received_on',
          approved: 'reply.approved',
          returned: 'reply.returned',
        },
        from: `package join batch on batch.id = package.batch_id left join reply on reply.package_id = package.id`,
        where: [
          ['package.batch_id = ?', filter.batchId],
          ['(reply.id is not null) = ?', answered],
        ],
      },
      filter,
    );
  }
}
