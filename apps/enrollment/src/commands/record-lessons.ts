import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, List, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { lockClass } from '../data/classes.js';
import { LessonInput, Lessons } from '../data/lessons.js';
import { remember } from '../data/moments.js';
import { reasonsNotToRecordLessons } from '../domain/teaching.js';

export class LessonsInput {
  @List(() => LessonInput, 1, 200) readonly lessons!: LessonInput[];
}

export class RecordedLesson {
  @Text(1, 60) readonly reference!: string;
  @Uuid() readonly lessonId!: string;
}

export class LessonsReceipt {
  @Int(1, 200) readonly recorded!: number;
  @List(() => RecordedLesson, 1, 200) readonly ids!: RecordedLesson[];
}

/** Record lessons as they were held. */
export class RecordLessons extends Command<LessonsReceipt> {
  constructor(
    readonly classId: string,
    readonly lessons: readonly LessonInput[],
  ) {
    super();
  }
}

@CommandHandler(RecordLessons)
export class RecordLessonsHandler implements ICommandHandler<RecordLessons> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly book: Lessons,
  ) {}

  execute({ classId, lessons }: RecordLessons) {
    return this.db.transaction(async (tx) => {
      const into = await lockClass(tx, classId);
      refuseIf(reasonsNotToRecordLessons({ ...into, ...(await this.book.check(tx, into, lessons)) }));

      const recorded = lessons.map((lesson) => ({ ...lesson, lessonId: randomUUID() }));
      await this.book.add(tx, into, recorded);
      await remember(tx, into, 'lessons-recorded', this.clock.now(), { lessons: recorded.length });
      await this.audit.note({ subject: `class:${classId}`, detail: { lessons: recorded.length } });
      return { recorded: recorded.length, ids: recorded.map(({ reference, lessonId }) => ({ reference, lessonId })) };
    });
  }
}
