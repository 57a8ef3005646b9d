import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Flag, Int, Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Invalid, Missing, refuseIf, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { Attendances } from '../data/attendances.js';
import { liveEnrolments, lockClass } from '../data/classes.js';
import { liveSeats, movedIn } from '../data/live-seats.js';
import { remember } from '../data/moments.js';
import { uuidsOf } from '../data/uuids.js';
import { reasonsNotToRecordAttendance } from '../domain/teaching.js';

export class AttendanceInput {
  @Uuid({ optional: true, description: '某一课次；与 all 二选一' }) readonly lessonId?: string;
  @Flag({ optional: true, description: '全部课次' }) readonly all?: boolean;
  @Texts(500, { description: '缺勤学员' }) readonly absentEnrolmentIds!: string[];
}

export class AttendanceReceipt {
  @Int(0, 1000000, { description: '登记的人次' }) readonly recorded!: number;
}

/** Record who was there: everybody but the absent, and but those who sat in another class that day. Doing so again until the class is over puts right what was wrong. */
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
    private readonly attendances: Attendances,
  ) {}

  execute({ classId, attendance: { lessonId, all, absentEnrolmentIds } }: RecordAttendance) {
    if ((lessonId === undefined) === (all !== true)) throw new Invalid([{ field: 'lessonId', check: 'isLessonOrAll' }]);
    const absent = new Set(uuidsOf('absentEnrolmentIds', absentEnrolmentIds));
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      const lessons = await lessonsOf(tx, classId, lessonId);
      const { allKnown } = await liveEnrolments(tx, classId, [...absent]);
      refuseIf(reasonsNotToRecordAttendance({ state: of.state, lessons: lessons.length, allKnown }));

      const seats = [...(await liveSeats(tx, classId)).keys()];
      const since = await movedIn(tx, classId);
      const presences = lessons.flatMap(({ id: lessonId, on }) =>
        seats
          .filter((enrolmentId) => (since.get(enrolmentId) ?? on) <= on)
          .map((enrolmentId) => ({ lessonId, enrolmentId, present: !absent.has(enrolmentId) })),
      );
      const { recorded, corrected } = await this.attendances.record(tx, of, presences);
      const counts = { lessons: lessons.length, recorded, absent: absent.size, corrected };
      await remember(tx, of, 'attendance-recorded', this.clock.now(), counts);
      await this.audit.note({ subject: `class:${classId}`, detail: counts });
      return { recorded };
    });
  }
}

async function lessonsOf(tx: EntityManager, classId: string, lessonId: string | undefined) {
  const found = await rows<{ id: string; on: string }>(
    tx,
    'select id, held_on as on from lesson where class_id = $1 and ($2::uuid is null or id = $2) and removed_at is null order by held_on',
    [classId, lessonId ?? null],
  );
  if (lessonId !== undefined && found.length === 0) throw new Missing();
  return found;
}
