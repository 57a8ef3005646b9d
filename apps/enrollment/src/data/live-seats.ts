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
