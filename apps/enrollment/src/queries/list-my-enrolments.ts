import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Decimal, Flag, Instant, Nested, OneOf, Subject, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { classStates } from '../domain/class-states.js';
import { attendedHours, seatColumns, seatsOf } from '../data/own-seats.js';

/** One's own seat in a class. */
export class MyEnrolment {
  @Uuid() readonly id!: string;
  @Uuid() readonly classId!: string;
  @Text(1, 100) readonly className!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Nested(() => Subject) readonly subject!: Subject;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
  @OneOf(classStates) readonly classState!: string;
  @Code({ description: '报名状态' }) readonly state!: string;
  @Flag({ nullable: true, description: '结业考核是否合格' }) readonly passed!: boolean | null;
  @Decimal(0, 100000, { description: '实修学时' }) readonly hours!: number;
  @Flag({ description: '持有培训合格证书' }) readonly certified!: boolean;
  @Text(1, 60, { nullable: true }) readonly certificateNumber!: string | null;
  @Instant() readonly enrolledAt!: string;
}
export const MyEnrolmentPage = PageOf(MyEnrolment);

export class MyEnrolmentFilter extends SortedBy('-startsOn', 'enrolledAt') {}

export class ListMyEnrolments extends Query<Page<MyEnrolment>> {
  constructor(readonly filter: MyEnrolmentFilter) {
    super();
  }
}

/** The reach of a learner is the learner: row-level security leaves nothing else to be seen. */
@QueryHandler(ListMyEnrolments)
export class ListMyEnrolmentsHandler implements IQueryHandler<ListMyEnrolments> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListMyEnrolments) {
    const { enrolmentId: id, ...columns } = seatColumns;
    return page<MyEnrolment & Record<string, unknown>>(
      this.db,
      {
        columns: { id, ...columns, hours: attendedHours, enrolledAt: 'enrolment.enrolled_at' },
        from: seatsOf,
        where: [[`app_reach() = ?`, 'self']],
      },
      filter,
    );
  }
}
