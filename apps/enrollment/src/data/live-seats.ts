import { rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** Who is in the class now: each enrolment with its person. */
export async function liveSeats(tx: EntityManager, classId: string): Promise<Map<string, string>> {
  const seats = await rows<{ id: string; personId: string }>(
    tx,
    `select id, person_id as "personId" from enrolment where class_id = $1 and state = 'enrolled'`,
    [classId],
  );
  return new Map(seats.map(({ id, personId }) => [id, personId]));
}

/** Who came from another class, and on which day: at the lessons before it they sat there. */
export async function movedIn(tx: EntityManager, classId: string): Promise<Map<string, string>> {
  const seats = await rows<{ id: string; day: string }>(
    tx,
    `select id, to_char(enrolled_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day from enrolment
     where class_id = $1 and moved_from is not null`,
    [classId],
  );
  return new Map(seats.map(({ id, day }) => [id, day]));
}
