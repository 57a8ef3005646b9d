import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Decimal, Int, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Personal, refuseIf, rows, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { lockClass, type TrainingClass } from '../data/classes.js';
import { writer } from '../data/who.js';
import { reasonsNotToRecordLessons } from '../domain/teaching.js';

export class LessonInput {
  @Text(1, 60) readonly reference!: string;
  @Day() readonly on!: string;
  @OneOf(['online', 'offline']) readonly mode!: string;
  @OneOf(['theory', 'practice']) readonly kind!: string;
  @Decimal(0.5, 24) readonly hours!: number;
  @Text(1, 200) readonly topic!: string;
  @Text(1, 50, { description: '教师姓名，加密保存' }) readonly teacher!: string;
}

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

type Lesson = LessonInput & { readonly lessonId: string };

@CommandHandler(RecordLessons)
export class RecordLessonsHandler implements ICommandHandler<RecordLessons> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ classId, lessons }: RecordLessons) {
    return this.db.transaction(async (tx) => {
      const into = await lockClass(tx, classId);
      const references = lessons.map(({ reference }) => reference);
      const known = await rows<{ reference: string }>(
        tx,
        'select reference from lesson where class_id = $1 and reference = any($2::text[])',
        [classId, references],
      );
      refuseIf(
        reasonsNotToRecordLessons({
          ...into,
          days: lessons.map(({ on }) => on),
          references,
          knownReferences: known.map(({ reference }) => reference),
          today: this.clock.today(),
        }),
      );

      const recorded = lessons.map((lesson) => ({ ...lesson, lessonId: randomUUID() }));
      await this.store(tx, into, recorded);
      await this.audit.note({ subject: `class:${classId}`, detail: { lessons: recorded.length } });
      return { recorded: recorded.length, ids: recorded.map(({ reference, lessonId }) => ({ reference, lessonId })) };
    });
  }

  private store(tx: EntityManager, into: TrainingClass, lessons: readonly Lesson[]) {
    return sql(
      tx,
      `insert into lesson (id, class_id, organisation_id, city_code, reference, held_on, mode, kind, hours, topic, teacher_sealed, recorded_by, recorded_at)
       select id, $1, $2, $3, reference, held_on, mode, kind, hours, topic, teacher, $4, $5
       from unnest($6::uuid[], $7::text[], $8::date[], $9::text[], $10::text[], $11::numeric[], $12::text[], $13::text[])
         as lesson (id, reference, held_on, mode, kind, hours, topic, teacher)`,
      [
        into.id,
        into.organisationId,
        into.cityCode,
        writer().accountId,
        this.clock.now(),
        lessons.map(({ lessonId }) => lessonId),
        lessons.map(({ reference }) => reference),
        lessons.map(({ on }) => on),
        lessons.map(({ mode }) => mode),
        lessons.map(({ kind }) => kind),
        lessons.map(({ hours }) => hours),
        lessons.map(({ topic }) => topic),
        lessons.map(({ lessonId, teacher }) => this.personal.seal('lesson', 'teacher', lessonId, teacher)),
      ],
    );
  }
}
