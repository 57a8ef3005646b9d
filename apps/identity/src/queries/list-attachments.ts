import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Flag, Instant, Int, Text, Uuid } from '@shuzheng/contracts';
import { actor, Clock, Database, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';

export class AttachmentView {
  @Uuid() readonly id!: string;
  @Uuid() readonly accountId!: string;
  @Text(1, 50) readonly displayName!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Flag({ description: '今天有效' }) readonly current!: boolean;
  @Instant() readonly declaredAt!: string;
  @Int(1, 1_000_000) readonly version!: number;
}
export const AttachmentPage = PageOf(AttachmentView);

export class AttachmentFilter extends SortedBy('-from', 'declaredAt') {
  @Uuid({ optional: true }) readonly accountId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Day({ optional: true, description: '在这一天有效的' }) readonly on?: string;
}

/** Who is attached where: of the own organisation for its user managers, else one's own. */
export class ListAttachments extends Query<Page<AttachmentView>> {
  constructor(readonly filter: AttachmentFilter) {
    super();
  }
}

type Row = Omit<AttachmentView, 'displayName' | 'current'> & { sealed: string };

@QueryHandler(ListAttachments)
export class ListAttachmentsHandler implements IQueryHandler<ListAttachments> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly personal: Personal,
  ) {}

  async execute({ filter }: ListAttachments) {
    const { permissions, accountId } = actor();
    const own = permissions.includes('members:manage') || permissions.includes('audit:read') ? undefined : accountId;
    const found = await page<Row>(
      this.db,
      {
        columns,
        from: `attachment join account on account.id = attachment.account_id
          left join organisation on organisation.id = attachment.organisation_id`,
        where: [
          ['attachment.account_id = ?', own],
          ['attachment.account_id = ?', filter.accountId],
          ['attachment.organisation_id = ?', filter.organisationId],
          [`?::date between from_day and coalesce(to_day, '9999-12-31')`, filter.on],
        ],
      },
      filter,
    );
    const today = this.clock.today();
    return {
      ...found,
      items: found.items.map(({ sealed, ...item }) => ({
        ...item,
        displayName: this.personal.open('account', 'display_name_sealed', item.accountId, sealed),
        current: item.from <= today && today <= (item.to ?? '9999-12-31'),
      })),
    };
  }
}

const columns = {
  id: 'attachment.id',
  accountId: 'attachment.account_id',
  sealed: 'account.display_name_sealed',
  organisationId: 'attachment.organisation_id',
  organisationName: 'organisation.name',
  from: 'attachment.from_day',
  to: 'attachment.to_day',
  declaredAt: 'attachment.declared_at',
  version: 'attachment.version',
};
