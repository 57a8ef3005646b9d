import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, requireVersion } from '@shuzheng/platform';
import { Attendances } from '../data/attendances.js';
import { lockClassOf } from '../data/classes.js';
import { type LessonInput, lessonOf, Lessons } from '../data/lessons.js';
import { remember } from '../data/moments.js';
import { reasonsNotToRecordLessons } from '../domain/teaching.js';

export class ChangedLesson {
  @Uuid() readonly lessonId!: string;
  @Int(2, 100000) readonly version!: number;
}

/** Put a lesson right while the class is running. What stood before is kept; who was there is told again. */
export class ChangeLesson extends Command<ChangedLesson> {
  constructor(
    readonly lessonId: string,
    readonly lesson: LessonInput,
  ) {
    super();
  }
}

@CommandHandler(ChangeLesson)
export class ChangeLessonHandler implements ICommandHandler<ChangeLesson> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly book: Lessons,
    private readonly attendances: Attendances,
  ) {}

  execute({ lessonId, lesson }: ChangeLesson) {
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'lesson', lessonId);
      const { version, removed } = await lessonOf(tx, of.id, lessonId);
      requireVersion(version);
      const checked = await this.book.check(tx, of, [lesson], lessonId);
      refuseIf([...(removed ? ['lesson-removed'] : []), ...reasonsNotToRecordLessons({ ...of, ...checked })]);

      await this.book.change(tx, { ...lesson, lessonId });
      await this.attendances.tell(tx, of, [lessonId]);
      await remember(tx, of, 'lesson-changed', this.clock.now(), { lessonId, version: version + 1 });
      await this.audit.note({ subject: `class:${of.id}`, detail: { lessonId, version: version + 1 } });
      return { lessonId, version: version + 1 };
    });
  }
}
