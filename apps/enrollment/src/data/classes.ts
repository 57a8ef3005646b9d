import type { Subject } from '@shuzheng/contracts';
import { Missing, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { type ClassMove, type ClassState, moved } from '../domain/class-states.js';
import { writer } from './who.js';

export interface TrainingClass {
  readonly id: string;
  readonly planId: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly subject: Subject;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly state: ClassState;
  readonly version: number;
  readonly completedOn: string | null;
  readonly extendedDueOn: string | null;
}

const columns = `id, plan_id as "planId", organisation_id as "organisationId", city_code as "cityCode", starts_on as "startsOn",
  ends_on as "endsOn", state, version, completed_on as "completedOn", extended_due_on as "extendedDueOn",
  json_build_object('occupationCode', occupation_code, 'edition', edition, 'level', level, 'direction', direction) as subject`;

/** The class, locked: everything that changes it queues here. Only the own organisation's. */
export async function lockClass(tx: EntityManager, classId: string): Promise<TrainingClass> {
  const found = await row<TrainingClass & Record<string, unknown>>(
    tx,
    `select ${columns} from training_class where id = $1 and organisation_id = $2 for update`,
    [classId, writer().organisationId],
  );
  if (!found) throw new Missing();
  return found;
}

/** Several classes, locked in the order of their ids, so that two who need the same never wait for each other. */
export async function lockClasses(tx: EntityManager, classIds: readonly string[]): Promise<TrainingClass[]> {
  const found = await rows<TrainingClass & Record<string, unknown>>(
    tx,
    `select ${columns} from training_class where id = any($1::uuid[]) and organisation_id = $2 order by id for update`,
    [classIds, writer().organisationId],
  );
  if (found.length < new Set(classIds).size) throw new Missing();
  return found;
}

/** The class that something of it belongs to, locked. Whatever is not the own organisation's is not found. */
export async function lockClassOf(
  tx: EntityManager,
  table: 'enrolment' | 'lesson' | 'training_certificate' | 'training_certificate_revocation' | 'training_report',
  id: string,
): Promise<TrainingClass> {
  const found = await row<{ classId: string }>(
    tx,
    `select class_id as "classId" from ${table} where id = $1 and organisation_id = $2`,
    [id, writer().organisationId],
  );
  if (!found) throw new Missing();
  return lockClass(tx, found.classId);
}

/** Brings the class to where this move leads. */
export async function bring(tx: EntityManager, { id, state }: TrainingClass, move: ClassMove) {
  const next = moved(state, move);
  if (next !== state) await sql(tx, 'update training_class set state = $2 where id = $1', [id, next]);
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
