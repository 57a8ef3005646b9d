import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock, Database, Missing, row } from '@shuzheng/platform';
import { calendarOf } from '../data/calendar.js';
import { clockColumns, type ClockRow, clockSource, ClockView, viewOf } from '../data/clock-view.js';

export class FindClock extends Query<ClockView> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindClock)
export class FindClockHandler implements IQueryHandler<FindClock> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  execute({ id }: FindClock) {
    const columns = Object.entries(clockColumns).map(([name, column]) => `${column} as "${name}"`);
    return this.db.transaction(async (tx) => {
      const text = `select ${columns.join(', ')} from ${clockSource} where clock.id = $1`;
      const found = await row<ClockRow>(tx, text, [id]);
      if (!found) throw new Missing();
      return viewOf(found, this.clock.today(), await calendarOf(tx));
    });
  }
}
