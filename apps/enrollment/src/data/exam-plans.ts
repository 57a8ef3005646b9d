import { ExamPlanDrafted, type Subject } from '@shuzheng/contracts';
import { announce, Clock, Missing, notYetKnown, Organisations, Personal, refuseIf, row, sql } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ExamPlanContent } from './plan-content.js';
import { datesFaults } from '../domain/filing-plans.js';
import { faultsOfStanding } from '../domain/plan-states.js';
import { lockTrainingPlan, writeVersion } from './training-plans.js';
import { writer } from './who.js';

export interface ExamPlan {
  readonly id: string;
  readonly trainingPlanId: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly evaluationOrganisationId: string;
  readonly occupationCode: string;
  readonly edition: string;
  readonly level: string;
  readonly direction: string;
  readonly examFrom: string;
  readonly examTo: string;
  readonly site: string;
  readonly plannedSeats: number;
  readonly state: string;
  readonly version: number;
  readonly filedVersion: number | null;
  /** The version on file came back for correction. */
  readonly returned: boolean;
}

/** The exam plan, locked. Only the own organisation's. */
export async function lockExamPlan(tx: EntityManager, planId: string): Promise<ExamPlan> {
  const plan = await row<ExamPlan>(
    tx,
    `select id, training_plan_id as "trainingPlanId", organisation_id as "organisationId", city_code as "cityCode",
       evaluation_organisation_id as "evaluationOrganisationId", occupation_code as "occupationCode", edition, level,
       direction, exam_from as "examFrom", exam_to as "examTo", site, planned_seats as "plannedSeats", state, version, filed_version as "filedVersion",
       exists (select from filing_return where plan_id = exam_plan.id and filing_return.version = exam_plan.version) as returned
     from exam_plan where id = $1 and organisation_id = $2 for update`,
    [planId, writer().organisationId],
  );
  if (!plan) throw new Missing();
  return plan;
}

export const subjectOf = ({ occupationCode, edition, level, direction }: ExamPlan): Subject => ({
  occupationCode,
  edition,
  level,
  direction,
});

/** Writes a version of an exam plan and asks the evaluation institution for its consent to it. */
@Injectable()
export class ExamPlanWriter {
  constructor(
    private readonly organisations: Organisations,
    private readonly personal: Personal,
    private readonly clock: Clock,
  ) {}

  async write(tx: EntityManager, plan: { planId: string; version: number; now: Date }, content: ExamPlanContent) {
    const { planId, version, now } = plan;
    const training = await lockTrainingPlan(tx, content.trainingPlanId);
    const evaluation = await this.organisations.find(tx, content.evaluationOrganisationId);
    if (!evaluation) throw notYetKnown();
    refuseIf([
      ...faultsOfStanding(training.state),
      ...datesFaults(content.examFrom, content.examTo, this.clock.today()),
      ...(evaluation.role === 'evaluation-institution' ? [] : ['not-evaluation-institution']),
    ]);

    const { organisationId, cityCode, subject } = training;
    const { contact, ...open } = content;
    const sealed = contact === undefined ? null : this.personal.seal('exam_plan', 'contact', planId, contact);
    await store(tx, { ...plan, organisationId, cityCode, subject, sealed }, open);
    await writeVersion(tx, { planId, kind: 'exam', version, now }, { ...open, subject });
    announce(tx, ExamPlanDrafted, { planId, version, organisationId, cityCode, subject, ...open });
  }
}

interface Row {
  readonly planId: string;
  readonly version: number;
  readonly now: Date;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly subject: Subject;
  readonly sealed: string | null;
}

/** An amendment asks anew: whatever was answered was about another version. */
const store = (tx: EntityManager, row: Row, content: ExamPlanContent) =>
  sql(
    tx,
    `insert into exam_plan (id, training_plan_id, organisation_id, city_code, evaluation_organisation_id, occupation_code,
       edition, level, direction, exam_from, exam_to, site, planned_seats, contact_sealed, state, version, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'drafted', $15, $16)
     on conflict (id) do update set training_plan_id = excluded.training_plan_id, city_code = excluded.city_code,
       evaluation_organisation_id = excluded.evaluation_organisation_id, occupation_code = excluded.occupation_code,
       edition = excluded.edition, level = excluded.level, direction = excluded.direction,
       exam_from = excluded.exam_from, exam_to = excluded.exam_to, site = excluded.site,
       planned_seats = excluded.planned_seats, contact_sealed = excluded.contact_sealed, state = 'drafted',
       version = excluded.version, answer_reason = null, answered_at = null`,
    [
      row.planId,
      content.trainingPlanId,
      row.organisationId,
      row.cityCode,
      content.evaluationOrganisationId,
      row.subject.occupationCode,
      row.subject.edition,
      row.subject.level,
      row.subject.direction,
      content.examFrom,
      content.examTo,
      content.site,
      content.plannedSeats,
      row.sealed,
      row.version,
      row.now,
    ],
  );
