import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Database, Missing } from '@shuzheng/platform';
import { CalendarYearView, yearColumns } from '../data/calendar-year-view.js';

export class FindCalendarYear extends Query<CalendarYearView> {
  constructor(readonly year: number) {
    super();
  }
}

@QueryHandler(FindCalendarYear)
export class FindCalendarYearHandler implements IQueryHandler<FindCalendarYear> {
  constructor(private readonly db: Database) {}

  async execute({ year }: FindCalendarYear) {
    const columns = Object.entries(yearColumns).map(([name, column]) => `${column} as "${name}"`);
    const [found] = await this.db.read<CalendarYearView & Record<string, unknown>>(
      `select ${columns.join(', ')} from calendar_year where year = $1`,
      [year],
    );
    if (!found) throw new Missing();
    return found;
  }
}
