import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Sha256, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { announcementColumns, announcements } from '../data/announcement-views.js';

export class AnnouncementView {
  @Uuid() readonly id!: string;
  @Uuid() readonly planId!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Text(1, 20000) readonly text!: string;
  @Sha256() readonly sha256!: string;
  @Uuid({ nullable: true, description: '所替换的公告' }) readonly replaces!: string | null;
  @Instant() readonly publishedAt!: string;
}
export const AnnouncementPage = PageOf(AnnouncementView);

export class AnnouncementFilter extends SortedBy('-publishedAt') {
  @Uuid({ optional: true }) readonly planId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
}

export class ListAnnouncements extends Query<Page<AnnouncementView>> {
  constructor(readonly filter: AnnouncementFilter) {
    super();
  }
}

@QueryHandler(ListAnnouncements)
export class ListAnnouncementsHandler implements IQueryHandler<ListAnnouncements> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListAnnouncements) {
    return page<AnnouncementView & Record<string, unknown>>(
      this.db,
      {
        columns: announcementColumns,
        from: announcements,
        where: [
          ['announcement.state = ?', 'published'],
          ['announcement.plan_id = ?', filter.planId],
          ['announcement.organisation_id = ?', filter.organisationId],
        ],
      },
      filter,
    );
  }
}
