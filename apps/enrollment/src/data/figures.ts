import { canonicalDigest, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** The account of a training, as the registry itself counts it. */
export interface Figures {
  readonly enrolled: number;
  readonly withdrawn: number;
  readonly completed: number;
  readonly passed: number;
  readonly certificates: number;
  readonly lessons: number;
  readonly hours: number;
  readonly hoursOnline: number;
  readonly hoursPractice: number;
  /** How much of what could be attended was, in percent; null while no attendance is recorded. */
  readonly attendancePercent: number | null;
}

/** What somebody confirms when they file: the class and every figure of it. */
export const digestOfFigures = (classId: string, figures: Figures) => canonicalDigest([{ classId, figures }]);

export async function figuresOf(tx: EntityManager, classId: string): Promise<Figures> {
  const counted = await row<Figures & Record<string, unknown>>(
    tx,
    `select seats.*, lessons.*,
       (select count(*)::int from training_certificate where class_id = $1 and state = 'issued') as certificates,
       (select round(100.0 * count(*) filter (where present) / nullif(count(*), 0), 1)
          from attendance join lesson on lesson.id = lesson_id where attendance.class_id = $1 and removed_at is null) as "attendancePercent"
     from (select count(*)::int as enrolled,
             (count(*) filter (where state = 'withdrawn'))::int as withdrawn,
             (count(*) filter (where state = 'completed'))::int as completed,
             (count(*) filter (where passed))::int as passed
           from enrolment where class_id = $1) as seats,
       (select count(*)::int as lessons, coalesce(sum(hours), 0) as hours,
          coalesce(sum(hours) filter (where mode = 'online'), 0) as "hoursOnline",
          coalesce(sum(hours) filter (where kind = 'practice'), 0) as "hoursPractice"
        from lesson where class_id = $1 and removed_at is null) as lessons`,
    [classId],
  );
  if (!counted) throw new Error('counting answers one row');
  return counted;
}
