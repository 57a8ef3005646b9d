import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, OneOf } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, row, SortedBy } from '@shuzheng/platform';
import { lessons, LessonView, masked, type SealedLesson } from '../data/lesson-views.js';

export const LessonPage = PageOf(LessonView);

export class LessonFilter extends SortedBy('on', 'reference') {
  @OneOf(['online', 'offline'], { optional: true }) readonly mode?: string;
  @OneOf(['theory', 'practice'], { optional: true }) readonly kind?: string;
  @Day({ optional: true }) readonly from?: string;
  @Day({ optional: true }) readonly to?: string;
}

export class ListLessons extends Query<Page<LessonView>> {
  constructor(
    readonly classId: string,
    readonly filter: LessonFilter,
  ) {
    super();
  }
}

@QueryHandler(ListLessons)
export class ListLessonsHandler implements IQueryHandler<ListLessons> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute({ classId, filter }: ListLessons) {
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from training_class where id = $1', [classId]))) throw new Missing();
      const { items, ...rest } = await page<SealedLesson & Record<string, unknown>>(
        this.db,
        {
          ...lessons,
          where: [
            ['lesson.class_id = ? and lesson.removed_at is null', classId],
            ['lesson.mode = ?', filter.mode],
            ['lesson.kind = ?', filter.kind],
            ['lesson.held_on >= ?', filter.from],
            ['lesson.held_on <= ?', filter.to],
          ],
        },
        filter,
      );
      return {
        ...rest,
        items: items.map((lesson) => masked(this.personal, lesson)),
      };
    });
  }
}
