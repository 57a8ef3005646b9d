import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Decimal, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { attendedHours, hoursIn, hoursOf, seatColumns, seatsOf } from '../data/own-seats.js';

/** One's own hours in one class. */
export class MyHours {
  @Uuid() readonly id!: string;
  @Uuid() readonly classId!: string;
  @Text(1, 100) readonly className!: string;
  @Day() readonly startsOn!: string;
  @Decimal(0, 100000, { description: '实修学时' }) readonly hours!: number;
  @Decimal(0, 100000, { description: '其中由其他培训班转入' }) readonly carried!: number;
  @Decimal(0, 100000, { description: '其中线上' }) readonly online!: number;
  @Decimal(0, 100000, { description: '其中线下' }) readonly offline!: number;
  @Decimal(0, 100000, { description: '其中理论' }) readonly theory!: number;
  @Decimal(0, 100000, { description: '其中实操' }) readonly practice!: number;
}
export const MyHoursPage = PageOf(MyHours);

export class MyHoursFilter extends SortedBy('-startsOn') {}

export class ListMyHours extends Query<Page<MyHours>> {
  constructor(readonly filter: MyHoursFilter) {
    super();
  }
}

@QueryHandler(ListMyHours)
export class ListMyHoursHandler implements IQueryHandler<ListMyHours> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListMyHours) {
    return page<MyHours & Record<string, unknown>>(
      this.db,
      {
        columns: {
          id: 'enrolment.id',
          classId: 'class.id',
          className: 'class.name',
          startsOn: seatColumns.startsOn,
          hours: attendedHours,
          carried: 'enrolment.hours_carried',
          online: hoursIn('online'),
          offline: hoursIn('offline'),
          theory: hoursOf('theory'),
          practice: hoursOf('practice'),
        },
        from: seatsOf,
        where: [['app_reach() = ?', 'self']],
      },
      filter,
    );
  }
}
