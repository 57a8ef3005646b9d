import type { Subject } from '@shuzheng/contracts';
import { Missing, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { TrainingPlanContent } from './plan-content.js';
import { writer } from './who.js';

export interface TrainingPlan {
  readonly id: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly state: string;
  readonly version: number;
  readonly filedVersion: number | null;
  readonly firstFiledAt: string | null;
  readonly subject: Subject;
  readonly content: TrainingPlanContent;
}

/** The plan and its content, locked: whoever amends, files or builds on it waits. Only the own organisation's. */
export async function lockTrainingPlan(tx: EntityManager, planId: string): Promise<TrainingPlan> {
  const plan = await row<Omit<TrainingPlan, 'subject' | 'content'>>(
    tx,
    `select id, organisation_id as "organisationId", city_code as "cityCode", state, version,
       filed_version as "filedVersion", first_filed_at as "firstFiledAt"
     from training_plan where id = $1 and organisation_id = $2 for update`,
    [planId, writer().organisationId],
  );
  if (!plan) throw new Missing();
  // Read after the lock: a version that was written while this waited is the one that counts.
  const latest = await row<{ content: TrainingPlanContent }>(
    tx,
    'select content from plan_version where plan_id = $1 and version = $2',
    [planId, plan.version],
  );
  if (!latest) throw new Missing();
  return { ...plan, content: latest.content, subject: latest.content.subject };
}

/** Writes a version of the plan: the row as it stands now, and the history beside it. */
export async function writeTrainingPlan(
  tx: EntityManager,
  plan: { planId: string; cityCode: string; version: number; now: Date },
  content: TrainingPlanContent,
) {
  const { planId, cityCode, version, now } = plan;
  const { subject } = content;
  await sql(
    tx,
    `insert into training_plan (id, organisation_id, city_code, occupation_code, edition, level, direction, planned_seats,
       starts_on, ends_on, venue_city_code, venue_address, course_book, outline_edition, teachers, fee, state, version, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'draft', $17, $18)
     on conflict (id) do update set occupation_code = excluded.occupation_code,
       edition = excluded.edition, level = excluded.level, direction = excluded.direction,
       planned_seats = excluded.planned_seats, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
       venue_city_code = excluded.venue_city_code, venue_address = excluded.venue_address,
       course_book = excluded.course_book, outline_edition = excluded.outline_edition,
       teachers = excluded.teachers, fee = excluded.fee, version = excluded.version,
       -- What stands on file stays with the bureau it was filed with.
       city_code = case when training_plan.filed_version is null then excluded.city_code else training_plan.city_code end,
       state = case when training_plan.filed_version is null then 'draft' else 'amended' end`,
    [
      planId,
      writer().organisationId,
      cityCode,
      subject.occupationCode,
      subject.edition,
      subject.level,
      subject.direction,
      content.plannedSeats,
      content.startsOn,
      content.endsOn,
      content.venueCityCode,
      content.venueAddress,
      content.courseBook,
      content.outlineEdition,
      content.teachers ?? null,
      content.fee ?? null,
      version,
      now,
    ],
  );
  await writeVersion(tx, { planId, kind: 'training', version, now }, content);
}

export async function writeVersion(
  tx: EntityManager,
  { planId, kind, version, now }: { planId: string; kind: 'training' | 'exam'; version: number; now: Date },
  content: object,
) {
  const { accountId, organisationId } = writer();
  await sql(
    tx,
    `insert into plan_version (plan_id, kind, version, organisation_id, content, prepared_by, prepared_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [planId, kind, version, organisationId, JSON.stringify(content), accountId, now],
  );
}

/** Did whoever asks now write any version of the plan after that one? */
export async function preparedByWriter(tx: EntityManager, planId: string, afterVersion: number): Promise<boolean> {
  const found = await row(
    tx,
    'select 1 from plan_version where plan_id = $1 and version > $2 and prepared_by = $3 limit 1',
    [planId, afterVersion, writer().accountId],
  );
  return found !== undefined;
}
