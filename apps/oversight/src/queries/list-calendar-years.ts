import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { CalendarYearView, yearColumns } from '../data/calendar-year-view.js';

export const CalendarYearPage = PageOf(CalendarYearView);

export class CalendarYearFilter extends SortedBy('year') {}

export class ListCalendarYears extends Query<Page<CalendarYearView>> {
  constructor(readonly filter: CalendarYearFilter) {
    super();
  }
}

@QueryHandler(ListCalendarYears)
export class ListCalendarYearsHandler implements IQueryHandler<ListCalendarYears> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListCalendarYears) {
    return page<CalendarYearView>(this.db, { columns: { id: 'year', ...yearColumns }, from: 'calendar_year' }, filter);
  }
}
