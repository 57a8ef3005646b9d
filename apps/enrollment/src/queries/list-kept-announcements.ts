import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, OneOf, Sha256, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { announcementColumns, announcements } from '../data/announcement-views.js';
import { announcementStates } from '../domain/announcing.js';

export class KeptAnnouncement {
  @Uuid() readonly id!: string;
  @Uuid() readonly planId!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Text(1, 20000) readonly text!: string;
  @Sha256() readonly sha256!: string;
  @Uuid({ nullable: true, description: '所替换的公告' }) readonly replaces!: string | null;
  @OneOf(announcementStates) readonly state!: string;
  @Texts(50, { description: '需要复核的用语' }) readonly warnings!: string[];
  @Texts(50, { description: '已复核的用语' }) readonly acknowledged!: string[];
  @Instant({ nullable: true }) readonly publishedAt!: string | null;
  @Instant({ nullable: true }) readonly endedAt!: string | null;
  @Text(1, 500, { nullable: true }) readonly endedReason!: string | null;
}
export const KeptAnnouncementPage = PageOf(KeptAnnouncement);

export class KeptAnnouncementFilter extends SortedBy('-publishedAt') {
  @OneOf(announcementStates, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly planId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
}

export class ListKeptAnnouncements extends Query<Page<KeptAnnouncement>> {
  constructor(readonly filter: KeptAnnouncementFilter) {
    super();
  }
}

@QueryHandler(ListKeptAnnouncements)
export class ListKeptAnnouncementsHandler implements IQueryHandler<ListKeptAnnouncements> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListKeptAnnouncements) {
    return page<KeptAnnouncement & Record<string, unknown>>(
      this.db,
      {
        columns: {
          ...announcementColumns,
          state: 'announcement.state',
          warnings: 'announcement.warnings',
          acknowledged: 'announcement.acknowledged',
          endedAt: 'announcement.ended_at',
          endedReason: 'announcement.ended_reason',
        },
        from: announcements,
        where: [
          ['app_sees(announcement.organisation_id, announcement.city_code) = ?', true],
          ['announcement.state = ?', filter.state],
          ['announcement.plan_id = ?', filter.planId],
          ['announcement.organisation_id = ?', filter.organisationId],
        ],
      },
      filter,
    );
  }
}
