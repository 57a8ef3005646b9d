import { rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { Attended } from '../domain/hours.js';

const attended = (mode: string, kind: string) =>
  `coalesce(sum(lesson.hours) filter (where mode = '${mode}' and kind = '${kind}'), 0)`;

/** The hours one enrolment has attended, part by part. */
export const partsOfHours = {
  onlineTheory: attended('online', 'theory'),
  onlinePractice: attended('online', 'practice'),
  offlineTheory: attended('offline', 'theory'),
  offlinePractice: attended('offline', 'practice'),
};

/** All hours of an enrolment: attended in lessons that stand, and brought along from another class. */
export const hoursOf = (enrolment: string) => `(${enrolment}.hours_carried + (
  select coalesce(sum(lesson.hours), 0) from attendance join lesson on lesson.id = lesson_id
  where attendance.enrolment_id = ${enrolment}.id and present and removed_at is null))`;

export type AttendedBy = Attended & { readonly enrolmentId: string; readonly personId: string };

/** The hours of everybody in a class who did not leave, in the order of the roster. */
export const hoursInClass = (tx: EntityManager, classId: string, enrolmentIds: readonly string[] | null = null) =>
  rows<AttendedBy & Record<string, unknown>>(
    tx,
    `select enrolment.id as "enrolmentId", enrolment.person_id as "personId", enrolment.hours_carried as carried,
       ${Object.entries(partsOfHours)
         .map(([name, sum]) => `${sum} as "${name}"`)
         .join(', ')}
     from enrolment left join attendance on attendance.enrolment_id = enrolment.id and present
       left join lesson on lesson.id = lesson_id and removed_at is null
     where enrolment.class_id = $1 and ($2::uuid[] is null or enrolment.id = any($2))
       and ($2::uuid[] is not null or enrolment.state <> 'withdrawn')
     group by enrolment.id order by enrolment.place`,
    [classId, enrolmentIds],
  );
