import { Decimal, Day, OneOf, Prose, Text, Uuid } from '@shuzheng/contracts';
import { Clock, Missing, Personal, row, rows, sql } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TrainingClass } from './classes.js';
import { writer } from './who.js';

export class LessonInput {
  @Text(1, 60) readonly reference!: string;
  @Day() readonly on!: string;
  @OneOf(['online', 'offline']) readonly mode!: string;
  @OneOf(['theory', 'practice']) readonly kind!: string;
  @Decimal(0.5, 24) readonly hours!: number;
  @Prose(1, 200) readonly topic!: string;
  @Text(1, 50, { optional: true, description: '教师姓名，加密保存；选择 staffId 时可省略' }) readonly teacher?: string;
  @Uuid({ optional: true, description: '本单位登记的师资' }) readonly staffId?: string;
  @Prose(1, 200, { optional: true, description: '上课地点' }) readonly place?: string;
}

export type Lesson = LessonInput & { readonly lessonId: string };

export interface LockedLesson {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly on: string;
  readonly mode: string;
  readonly removed: boolean;
}

/** Lessons as they are written down. */
@Injectable()
export class Lessons {
  constructor(
    private readonly personal: Personal,
    private readonly clock: Clock,
  ) {}

  /** Which of these references other lessons of the class have, and whether a teacher is missing or nobody of ours. */
  async check(tx: EntityManager, of: TrainingClass, lessons: readonly LessonInput[], except: string | null = null) {
    const references = lessons.map(({ reference }) => reference);
    const known = await rows<{ reference: string }>(
      tx,
      `select reference from lesson
       where class_id = $1 and reference = any($2::text[]) and removed_at is null and id is distinct from $3`,
      [of.id, references, except],
    );
    return {
      days: lessons.map(({ on }) => on),
      references,
      knownReferences: known.map(({ reference }) => reference),
      teacherUnknown: await anyUnknown(tx, of.organisationId, lessons),
      teacherMissing: lessons.some(({ teacher, staffId }) => teacher === undefined && staffId === undefined),
      today: this.clock.today(),
    };
  }

  add(tx: EntityManager, into: TrainingClass, lessons: readonly Lesson[]) {
    return sql(
      tx,
      `insert into lesson (id, class_id, organisation_id, city_code, reference, held_on, mode, kind, hours, topic, teacher_sealed,
         staff_id, place, recorded_by, recorded_at)
       select id, $1, $2, $3, reference, held_on, mode, kind, hours, topic, teacher, staff, place, $4, $5
       from unnest($6::uuid[], $7::text[], $8::date[], $9::text[], $10::text[], $11::numeric[], $12::text[], $13::text[],
         $14::uuid[], $15::text[]) as lesson (id, reference, held_on, mode, kind, hours, topic, teacher, staff, place)`,
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
        lessons.map((lesson) => this.sealed(lesson)),
        lessons.map(({ staffId }) => staffId ?? null),
        lessons.map(({ place }) => place ?? null),
      ],
    );
  }

  /** Writes another version; what stood before is kept. */
  async change(tx: EntityManager, lesson: Lesson) {
    await this.keepVersion(tx, lesson.lessonId);
    await sql(
      tx,
      `update lesson set reference = $2, held_on = $3, mode = $4, kind = $5, hours = $6, topic = $7, teacher_sealed = $8,
         staff_id = $9, place = $10, version = version + 1, recorded_by = $11, recorded_at = $12 where id = $1`,
      [
        lesson.lessonId,
        lesson.reference,
        lesson.on,
        lesson.mode,
        lesson.kind,
        lesson.hours,
        lesson.topic,
        this.sealed(lesson),
        lesson.staffId ?? null,
        lesson.place ?? null,
        writer().accountId,
        this.clock.now(),
      ],
    );
  }

  private keepVersion(tx: EntityManager, lessonId: string) {
    return sql(
      tx,
      `insert into lesson_version (lesson_id, version, organisation_id, city_code, content, teacher_sealed, replaced_by, replaced_at)
       select id, version, organisation_id, city_code,
         json_build_object('reference', reference, 'on', held_on, 'mode', mode, 'kind', kind, 'hours', hours, 'topic', topic,
           'staffId', staff_id, 'place', place),
         teacher_sealed, $2, $3
       from lesson where id = $1`,
      [lessonId, writer().accountId, this.clock.now()],
    );
  }

  /** Whoever is on the list of staff is named there; here stands the name that was typed, or none. */
  private sealed({ lessonId, teacher }: Lesson) {
    return this.personal.seal('lesson', 'teacher', lessonId, teacher ?? '');
  }
}

/** A lesson of a class that is locked already. */
export async function lessonOf(tx: EntityManager, classId: string, lessonId: string): Promise<LockedLesson> {
  const found = await row<LockedLesson & Record<string, unknown>>(
    tx,
    `select id, version, reference, held_on as on, mode, removed_at is not null as removed from lesson where id = $1 and class_id = $2`,
    [lessonId, classId],
  );
  if (!found) throw new Missing();
  return found;
}

/** Is a teacher named who was not on the institution's list on the day of the lesson? */
async function anyUnknown(tx: EntityManager, organisationId: string, lessons: readonly LessonInput[]) {
  const named = lessons.filter(({ staffId }) => staffId !== undefined);
  if (named.length === 0) return false;
  const unknown = await row(
    tx,
    `select 1 from unnest($2::uuid[], $3::date[]) as named (staff, held_on)
     where not exists (
       select from known_staff where staff_id = named.staff and organisation_id = $1 and kind = 'teacher'
         and valid_from <= named.held_on and (valid_to is null or named.held_on <= valid_to)
     ) limit 1`,
    [organisationId, named.map(({ staffId }) => staffId), named.map(({ on }) => on)],
  );
  return unknown !== undefined;
}
