import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, row, SortedBy } from '@shuzheng/platform';
import { CalendarYearView, yearColumns } from '../data/calendar-year-view.js';

/** One version of a year's table, as it stood until the next. */
export class CalendarYearVersion extends CalendarYearView {
  @Instant({ nullable: true, description: '录入时间；早于此功能的版本为 null' }) readonly publishedAt!: string | null;
}

export const CalendarYearVersionPage = PageOf(CalendarYearVersion);

export class CalendarVersionFilter extends SortedBy('-version') {}

export class ListCalendarVersions extends Query<Page<CalendarYearVersion>> {
  constructor(
    readonly year: number,
    readonly filter: CalendarVersionFilter,
  ) {
    super();
  }
}

@QueryHandler(ListCalendarVersions)
export class ListCalendarVersionsHandler implements IQueryHandler<ListCalendarVersions> {
  constructor(private readonly db: Database) {}

  execute({ year, filter }: ListCalendarVersions) {
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from calendar_year where year = $1', [year]))) throw new Missing();
      const columns = {
        ...yearColumns,
        coversThrough: `(content->>'coversThrough')::date`,
        publishedAt: 'published_at',
      };
      const { items, ...rest } = await page<CalendarYearVersion & { id: number }>(
        this.db,
        {
          columns: { ...columns, id: 'version' },
          from: 'calendar_version',
          where: [['year = ?', year]],
        },
        filter,
      );
      return { ...rest, items: items.map(({ id: _, ...version }) => version) };
    });
  }
}
