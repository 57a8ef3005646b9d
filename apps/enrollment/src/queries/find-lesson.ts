import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Flag, Instant, Int, Json, List, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, Personal, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { lessons, LessonView, masked, type SealedLesson } from '../data/lesson-views.js';
import { selected } from '../data/select.js';

export class Attendee {
  @Uuid() readonly enrolmentId!: string;
  @Text(1, 60, { nullable: true }) readonly reference!: string | null;
  @Flag() readonly present!: boolean;
  @Instant() readonly recordedAt!: string;
}

export class AttendanceCorrection {
  @Uuid() readonly enrolmentId!: string;
  @Flag({ description: '更正之前是否出勤' }) readonly wasPresent!: boolean;
  @Instant() readonly recordedAt!: string;
  @Instant() readonly changedAt!: string;
}

export class EarlierLesson {
  @Int(1, 100000) readonly version!: number;
  @Json() readonly content!: object;
  @Instant() readonly replacedAt!: string;
}

export class WholeLesson extends LessonView {
  @Uuid() readonly classId!: string;
  @Instant({ nullable: true }) readonly removedAt!: string | null;
  @Text(1, 200, { nullable: true }) readonly removedReason!: string | null;
  @List(() => Attendee, 0, 500) readonly attendance!: Attendee[];
  @List(() => AttendanceCorrection, 0, 100000, { description: '考勤更正' })
  readonly corrections!: AttendanceCorrection[];
  @List(() => EarlierLesson, 0, 100000, { description: '更正之前的内容' }) readonly earlier!: EarlierLesson[];
}

export class FindLesson extends Query<WholeLesson> {
  constructor(readonly lessonId: string) {
    super();
  }
}

type Found = SealedLesson & Pick<WholeLesson, 'classId' | 'removedAt' | 'removedReason'>;

@QueryHandler(FindLesson)
export class FindLessonHandler implements IQueryHandler<FindLesson> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute({ lessonId }: FindLesson) {
    return this.db.transaction(async (tx) => {
      const found = await row<Found & Record<string, unknown>>(
        tx,
        `select ${selected(lessons.columns)}, lesson.class_id as "classId", lesson.removed_at as "removedAt",
           lesson.removed_reason as "removedReason" from ${lessons.from} where lesson.id = $1`,
        [lessonId],
      );
      if (!found) throw new Missing();
      const { classId, removedAt, removedReason, ...lesson } = found;
      return {
        ...masked(this.personal, lesson),
        ...{ classId, removedAt, removedReason },
        attendance: await attendeesOf(tx, lessonId),
        corrections: await correctionsOf(tx, lessonId),
        earlier: await earlierOf(tx, lessonId),
      };
    });
  }
}

const attendeesOf = (tx: EntityManager, lessonId: string) =>
  rows<Attendee & Record<string, unknown>>(
    tx,
    `select enrolment_id as "enrolmentId", reference, present, recorded_at as "recordedAt"
     from attendance join enrolment on enrolment.id = enrolment_id where lesson_id = $1 order by place`,
    [lessonId],
  );

const correctionsOf = (tx: EntityManager, lessonId: string) =>
  rows<AttendanceCorrection & Record<string, unknown>>(
    tx,
    `select enrolment_id as "enrolmentId", was_present as "wasPresent", recorded_at as "recordedAt", changed_at as "changedAt"
     from attendance_change where lesson_id = $1 order by changed_at, enrolment_id`,
    [lessonId],
  );

const earlierOf = (tx: EntityManager, lessonId: string) =>
  rows<EarlierLesson & Record<string, unknown>>(
    tx,
    'select version, content, replaced_at as "replacedAt" from lesson_version where lesson_id = $1 order by version',
    [lessonId],
  );
