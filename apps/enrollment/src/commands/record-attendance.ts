import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Flag, Int, Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Invalid, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { liveEnrolments, lockClass } from '../data/classes.js';
import { uuidsOf } from '../data/uuids.js';
import { writer } from '../data/who.js';
import { reasonsNotToRecordAttendance } from '../domain/teaching.js';

export class AttendanceInput {
  @Uuid({ optional: true, description: '某一课次；与 all 二选一' }) readonly lessonId?: string;
  @Flag({ optional: true, description: '全部课次' }) readonly all?: boolean;
  @Texts(500, { description: '缺勤学员' }) readonly absentEnrolmentIds!: string[];
}

export class AttendanceReceipt {
  @Int(0, 1000000, { description: '登记的人次' }) readonly recorded!: number;
}

/** Record who was there: everybody but the absent. Doing so again until the class is over puts right what was wrong. */
export class RecordAttendance extends Command<AttendanceReceipt> {
  constructor(
    readonly classId: string,
    readonly attendance: AttendanceInput,
  ) {
    super();
  }
}

@CommandHandler(RecordAttendance)
export class RecordAttendanceHandler implements ICommandHandler<RecordAttendance> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ classId, attendance: { lessonId, all, absentEnrolmentIds } }: RecordAttendance) {
    if ((lessonId === undefined) === (all !== true)) throw new Invalid([{ field: 'lessonId', check: 'isLessonOrAll' }]);
    const absent = uuidsOf('absentEnrolmentIds', absentEnrolmentIds);
    return this.db.transaction(async (tx) => {
      const { state } = await lockClass(tx, classId);
      const lessons = await lessonsOf(tx, classId, lessonId);
      const { allKnown } = await liveEnrolments(tx, classId, absent);
      refuseIf(reasonsNotToRecordAttendance({ state, lessons, allKnown }));

      const { rowCount } = await sql(
        tx,
        `insert into attendance (lesson_id, enrolment_id, class_id, organisation_id, city_code, present, recorded_by, recorded_at)
         select lesson.id, enrolment.id, $1, lesson.organisation_id, lesson.city_code, not enrolment.id = any($3::uuid[]), $4, $5
         from lesson join enrolment on enrolment.class_id = lesson.class_id and enrolment.state = 'enrolled'
         where lesson.class_id = $1 and ($2::uuid is null or lesson.id = $2)
         on conflict (lesson_id, enrolment_id) do update
           set present = excluded.present, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`,
        [classId, lessonId ?? null, absent, writer().accountId, this.clock.now()],
      );
      const recorded = rowCount ?? 0;
      await this.audit.note({ subject: `class:${classId}`, detail: { recorded, absent: absent.length } });
      return { recorded };
    });
  }
}

async function lessonsOf(tx: EntityManager, classId: string, lessonId: string | undefined): Promise<number> {
  const found = await row<{ lessons: number }>(
    tx,
    'select count(*)::int as lessons from lesson where class_id = $1 and ($2::uuid is null or id = $2)',
    [classId, lessonId ?? null],
  );
  const lessons = found?.lessons ?? 0;
  if (lessonId !== undefined && lessons === 0) throw new Missing();
  return lessons;
}
