import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Decimal, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, PageQuery, Personal, row } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

export class LessonView {
  @Uuid() readonly id!: string;
  @Text(1, 60) readonly reference!: string;
  @Day() readonly on!: string;
  @OneOf(['online', 'offline']) readonly mode!: string;
  @OneOf(['theory', 'practice']) readonly kind!: string;
  @Decimal(0.5, 24) readonly hours!: number;
  @Text(1, 200) readonly topic!: string;
  @Text(1, 10) readonly maskedTeacher!: string;
  @Int(0, 500, { description: '出勤人数' }) readonly present!: number;
  @Int(0, 500, { description: '缺勤人数' }) readonly absent!: number;
}
export const LessonPage = PageOf(LessonView);

export class ListLessons extends Query<Page<LessonView>> {
  constructor(
    readonly classId: string,
    readonly filter: PageQuery,
  ) {
    super();
  }
}

type Sealed = Omit<LessonView, 'maskedTeacher'> & { readonly teacher: string };

@QueryHandler(ListLessons)
export class ListLessonsHandler implements IQueryHandler<ListLessons> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute({ classId, filter }: ListLessons) {
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from training_class where id = $1', [classId]))) throw new Missing();
      const { items, ...rest } = await page<Sealed & Record<string, unknown>>(
        this.db,
        { columns, from: 'lesson', where: [['lesson.class_id = ?', classId]], sorts: ['on', 'reference'] },
        filter,
      );
      return {
        ...rest,
        items: items.map(({ teacher, ...lesson }: Sealed) => ({
          ...lesson,
          maskedTeacher: maskName(this.personal.open('lesson', 'teacher', lesson.id, teacher)),
        })),
      };
    });
  }
}

const seats = (present: string) => `(select count(*)::int from attendance where lesson_id = lesson.id and ${present})`;

const columns = {
  id: 'lesson.id',
  reference: 'lesson.reference',
  on: 'lesson.held_on',
  mode: 'lesson.mode',
  kind: 'lesson.kind',
  hours: 'lesson.hours',
  topic: 'lesson.topic',
  teacher: 'lesson.teacher_sealed',
  present: seats('present'),
  absent: seats('not present'),
};
