import { AttendanceRecorded } from '@shuzheng/contracts';
import { announce, Clock, rows, sql } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TrainingClass } from './classes.js';
import { writer } from './who.js';

export interface Presence {
  readonly lessonId: string;
  readonly enrolmentId: string;
  readonly present: boolean;
}

/** 考勤: what is recorded again replaces what stood, which is kept as a correction. */
@Injectable()
export class Attendances {
  constructor(private readonly clock: Clock) {}

  /** Records who was there and tells it lesson by lesson. Answers how many rows were recorded and how many were corrected. */
  async record(tx: EntityManager, of: TrainingClass, presences: readonly Presence[]) {
    const values = [
      presences.map(({ lessonId }) => lessonId),
      presences.map(({ enrolmentId }) => enrolmentId),
      presences.map(({ present }) => present),
      writer().accountId,
      this.clock.now(),
    ];
    const { rowCount: corrected } = await sql(tx, keepCorrections, values);
    const { rowCount: recorded } = await sql(tx, writePresences, [...values, of.id]);
    await this.tell(tx, of, [...new Set(presences.map(({ lessonId }) => lessonId))]);
    return { recorded: recorded ?? 0, corrected: corrected ?? 0 };
  }

  /** Announces of each lesson who was there as it stands now. Of a lesson that was removed nobody was. */
  async tell(
    tx: EntityManager,
    { id: classId, organisationId, cityCode }: TrainingClass,
    lessonIds: readonly string[],
  ) {
    const lessons = await rows<{ lessonId: string; on: string; offline: boolean; present: string[] }>(
      tx,
      `select lesson.id as "lessonId", held_on as on, mode = 'offline' as offline,
         array(
           select distinct person_id from attendance join enrolment on enrolment.id = enrolment_id
           where lesson_id = lesson.id and present and removed_at is null
         ) as present
       from lesson where lesson.id = any($1::uuid[]) order by held_on, reference`,
      [lessonIds],
    );
    for (const lesson of lessons) announce(tx, AttendanceRecorded, { classId, organisationId, cityCode, ...lesson });
  }
}

const heard = `unnest($1::uuid[], $2::uuid[], $3::boolean[]) as heard (lesson, enrolment, present)`;

const keepCorrections = `
  insert into attendance_change (id, lesson_id, enrolment_id, organisation_id, city_code, was_present, recorded_by, recorded_at,
    changed_by, changed_at)
  select gen_random_uuid(), lesson_id, enrolment_id, organisation_id, city_code, attendance.present, recorded_by, recorded_at, $4, $5
  from attendance join ${heard} on lesson_id = heard.lesson and enrolment_id = heard.enrolment
  where attendance.present <> heard.present`;

const writePresences = `
  insert into attendance (lesson_id, enrolment_id, class_id, organisation_id, city_code, present, recorded_by, recorded_at)
  select lesson.id, heard.enrolment, $6, lesson.organisation_id, lesson.city_code, heard.present, $4, $5
  from ${heard} join lesson on lesson.id = heard.lesson
  on conflict (lesson_id, enrolment_id) do update
    set present = excluded.present, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`;
