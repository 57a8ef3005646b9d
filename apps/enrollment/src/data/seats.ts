import { row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { TrainingClass } from './classes.js';

/** How full a class and its plan are. */
export interface SeatCount {
  /** Seats that are taken in all classes of the plan, and how many the plan on file has. */
  readonly taken: number;
  readonly planned: number;
  /** Rows that the class has ever held. */
  readonly rows: number;
}

/** Classes of one plan, and its filing, take turns here, so that the last seat is given once. */
const lockSeats = (tx: EntityManager, planId: string) =>
  sql(tx, `select pg_advisory_xact_lock(hashtextextended('seats ' || $1::text, 0))`, [planId]);

const takenUnder = (
  plan: string,
) => `(select count(*)::int from enrolment join training_class as class on class.id = class_id
  where class.plan_id = ${plan} and class.state <> 'cancelled' and enrolment.state <> 'withdrawn')`;

/** How many sit in the classes of the plan; nobody sits down until the transaction ends. */
export async function seatsTaken(tx: EntityManager, planId: string): Promise<number> {
  await lockSeats(tx, planId);
  const counted = await row<{ taken: number }>(tx, `select ${takenUnder('$1')} as taken`, [planId]);
  return counted?.taken ?? 0;
}

export async function countSeats(tx: EntityManager, { id, planId }: TrainingClass): Promise<SeatCount> {
  await lockSeats(tx, planId);
  const counted = await row<SeatCount & Record<string, unknown>>(
    tx,
    `select
       ${takenUnder('$2')} as taken,
       (select seats from filing where plan_id = $2 and kind = 'training' order by version desc limit 1) as planned,
       (select count(*)::int from enrolment where class_id = $1) as rows`,
    [id, planId],
  );
  if (!counted) throw new Error('counting answers one row');
  return counted;
}

/**
 * Who of these sits in this class already, by person, and who sits in another one on the same days, by place in the list.
 * They stay locked, so that nobody else seats them meanwhile.
 */
export async function seatedElsewhere(
  tx: EntityManager,
  { id, startsOn, endsOn }: Pick<TrainingClass, 'id' | 'startsOn' | 'endsOn'>,
  personIds: readonly string[],
) {
  await sql(tx, 'select from person where id = any($1::uuid[]) order by id for update', [personIds]);
  const here = await rows<{ person: string }>(
    tx,
    `select canonical_person(person_id) as person from enrolment
     where class_id = $1 and state <> 'withdrawn' and canonical_person(person_id) = any($2::uuid[])`,
    [id, personIds],
  );
  const overlaps = await rows<{ place: number }>(tx, 'select place from overlapping_rows($1::uuid[], $2, $3, $4)', [
    personIds,
    id,
    startsOn,
    endsOn,
  ]);
  return {
    here: new Set(here.map(({ person }) => person)),
    elsewhere: new Set(overlaps.map(({ place }) => place - 1)),
  };
}
