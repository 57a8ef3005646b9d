import type { Subject } from '@shuzheng/contracts';
import { Missing, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { writer } from './who.js';

export interface TrainingClass {
  readonly id: string;
  readonly planId: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly subject: Subject;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly state: string;
  readonly completedOn: string | null;
}

/** The class, locked: everything that changes it queues here. Only the own organisation's. */
export async function lockClass(tx: EntityManager, classId: string): Promise<TrainingClass> {
  const found = await row<TrainingClass>(
    tx,
    `select id, plan_id as "planId", organisation_id as "organisationId", city_code as "cityCode", starts_on as "startsOn",
       ends_on as "endsOn", state, completed_on as "completedOn",
       json_build_object('occupationCode', occupation_code, 'edition', edition, 'level', level, 'direction', direction) as subject
     from training_class where id = $1 and organisation_id = $2 for update`,
    [classId, writer().organisationId],
  );
  if (!found) throw new Missing();
  return found;
}

/** Whose live seats these are: every id must be of an enrolment that the class still counts. */
export async function liveEnrolments(tx: EntityManager, classId: string, enrolmentIds: readonly string[]) {
  const distinct = [...new Set(enrolmentIds)];
  const found = await row<{ known: number }>(
    tx,
    `select count(*)::int as known from enrolment where class_id = $1 and state = 'enrolled' and id = any($2::uuid[])`,
    [classId, distinct],
  );
  return { allKnown: found?.known === distinct.length, repeated: distinct.length < enrolmentIds.length };
}
