import { Code, Day, Instant, Int, Json, Nested, OneOf, Subject, Text, Uuid } from '@shuzheng/contracts';
import type { Actor } from '@shuzheng/platform';
import type { Standings } from '../domain/plan-status.js';
import { examPlanStates, trainingPlanStates } from '../domain/plan-states.js';
import { PlanStatus, standingsOf } from './plan-status.js';

export class TrainingPlanView {
  @Uuid() readonly id!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Code({ description: '所在市' }) readonly cityCode!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Int(1, 10000) readonly plannedSeats!: number;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
  @Code() readonly venueCityCode!: string;
  @Text(1, 200) readonly venueAddress!: string;
  @Text(1, 200) readonly courseBook!: string;
  @Text(1, 100) readonly outlineEdition!: string;
  @Int(1, 1000, { nullable: true, description: '师资人数' }) readonly teachers!: number | null;
  @Text(1, 500, { nullable: true, description: '收费标准' }) readonly fee!: string | null;
  @OneOf(trainingPlanStates) readonly state!: string;
  @Int(1, 1000) readonly version!: number;
  @Int(1, 1000, { nullable: true }) readonly filedVersion!: number | null;
  @Instant({ nullable: true }) readonly firstFiledAt!: string | null;
  @Instant({ nullable: true }) readonly filedAt!: string | null;
  @Instant() readonly createdAt!: string;
  @Instant({ nullable: true }) readonly withdrawnAt!: string | null;
  @Text(1, 500, { nullable: true, description: '撤回的理由' }) readonly withdrawnReason!: string | null;
  @Instant({ nullable: true }) readonly closedAt!: string | null;
  @Json({ nullable: true, description: '两个接收单位各自的状态：department、city-bureau' })
  readonly standings!: Standings | null;
  @Nested(() => PlanStatus) readonly status!: PlanStatus;
}

/** What both kinds of plan show of the plan itself, drafted or on file. */
const planColumns = {
  id: 'plan.id',
  organisationId: 'plan.organisation_id',
  organisationName: 'organisation.name',
  cityCode: 'plan.city_code',
  filedVersion: 'plan.filed_version',
  firstFiledAt: 'plan.first_filed_at',
  filedAt: 'plan.filed_at',
  withdrawnAt: 'plan.withdrawn_at',
  withdrawnReason: 'plan.withdrawn_reason',
  closedAt: 'plan.closed_at',
  createdAt: 'plan.created_at',
  standings: standingsOf('filed'),
};

/** A plan as its institution works on it, drafts and all. */
const trainingDraft = {
  ...planColumns,
  subject: subjectOf('plan'),
  plannedSeats: 'plan.planned_seats',
  startsOn: 'plan.starts_on',
  endsOn: 'plan.ends_on',
  venueCityCode: 'plan.venue_city_code',
  venueAddress: 'plan.venue_address',
  courseBook: 'plan.course_book',
  outlineEdition: 'plan.outline_edition',
  teachers: 'plan.teachers',
  fee: 'plan.fee',
  state: 'plan.state',
  version: 'plan.version',
};

/** A plan as it stands on file: whoever receives filings sees nothing of a draft. */
const trainingOnFile: typeof trainingDraft = {
  ...planColumns,
  subject: `filed.content -> 'subject'`,
  plannedSeats: `(filed.content ->> 'plannedSeats')::int`,
  startsOn: `(filed.content ->> 'startsOn')::date`,
  endsOn: `(filed.content ->> 'endsOn')::date`,
  venueCityCode: `filed.content ->> 'venueCityCode'`,
  venueAddress: `filed.content ->> 'venueAddress'`,
  courseBook: `filed.content ->> 'courseBook'`,
  outlineEdition: `filed.content ->> 'outlineEdition'`,
  teachers: `(filed.content ->> 'teachers')::int`,
  fee: `filed.content ->> 'fee'`,
  state: `case plan.state when 'amended' then 'filed' else plan.state end`,
  version: 'plan.filed_version',
};

export const trainingPlansFor = (reader: Actor) => ({
  columns: isOfficial(reader) ? trainingOnFile : trainingDraft,
  from: `training_plan as plan left join known_organisation as organisation on organisation.id = plan.organisation_id
    left join filing as filed on filed.plan_id = plan.id and filed.version = plan.filed_version`,
});

/** Officials read what was filed; institutions what they write. */
const isOfficial = ({ reach }: Actor) => reach === 'province' || reach === 'city';

export class ExamPlanView {
  @Uuid() readonly id!: string;
  @Uuid() readonly trainingPlanId!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Code() readonly cityCode!: string;
  @Uuid() readonly evaluationOrganisationId!: string;
  @Text(1, 200, { nullable: true }) readonly evaluationOrganisationName!: string | null;
  @Nested(() => Subject) readonly subject!: Subject;
  @Day() readonly examFrom!: string;
  @Day() readonly examTo!: string;
  @Text(1, 200) readonly site!: string;
  @Int(1, 10000) readonly plannedSeats!: number;
  @OneOf(examPlanStates) readonly state!: string;
  @Int(1, 1000) readonly version!: number;
  @Int(1, 1000, { nullable: true }) readonly filedVersion!: number | null;
  @Instant({ nullable: true, description: '首次备案时间' }) readonly firstFiledAt!: string | null;
  @Text(1, 500, { nullable: true, description: '评价机构答复的理由' }) readonly answerReason!: string | null;
  @Instant({ nullable: true }) readonly answeredAt!: string | null;
  @Instant({ nullable: true }) readonly filedAt!: string | null;
  @Instant() readonly createdAt!: string;
  @Instant({ nullable: true }) readonly withdrawnAt!: string | null;
  @Text(1, 500, { nullable: true, description: '撤回的理由' }) readonly withdrawnReason!: string | null;
  @Instant({ nullable: true }) readonly closedAt!: string | null;
  @Json({ nullable: true, description: '两个接收单位各自的状态：department、city-bureau' })
  readonly standings!: Standings | null;
  @Nested(() => PlanStatus) readonly status!: PlanStatus;
}

const examColumns = { ...planColumns, evaluationOrganisationName: 'evaluation.name' };

const examDraft = {
  ...examColumns,
  trainingPlanId: 'plan.training_plan_id',
  evaluationOrganisationId: 'plan.evaluation_organisation_id',
  subject: subjectOf('plan'),
  examFrom: 'plan.exam_from',
  examTo: 'plan.exam_to',
  site: 'plan.site',
  plannedSeats: 'plan.planned_seats',
  state: 'plan.state',
  version: 'plan.version',
  answerReason: 'plan.answer_reason',
  answeredAt: 'plan.answered_at',
};

const examOnFile: typeof examDraft = {
  ...examColumns,
  trainingPlanId: `(filed.content ->> 'trainingPlanId')::uuid`,
  evaluationOrganisationId: `(filed.content ->> 'evaluationOrganisationId')::uuid`,
  subject: `filed.content -> 'subject'`,
  examFrom: `(filed.content ->> 'examFrom')::date`,
  examTo: `(filed.content ->> 'examTo')::date`,
  site: `filed.content ->> 'site'`,
  plannedSeats: `(filed.content ->> 'plannedSeats')::int`,
  state: `case when plan.state in ('withdrawn', 'closed') then plan.state else 'filed' end`,
  version: 'plan.filed_version',
  answerReason: `case when plan.state in ('filed', 'withdrawn', 'closed') then plan.answer_reason end`,
  answeredAt: `case when plan.state in ('filed', 'withdrawn', 'closed') then plan.answered_at end`,
};

export function examPlansFor(reader: Actor) {
  const columns = isOfficial(reader) ? examOnFile : examDraft;
  return {
    columns,
    from: `exam_plan as plan left join known_organisation as organisation on organisation.id = plan.organisation_id
      left join filing as filed on filed.plan_id = plan.id and filed.version = plan.filed_version
      left join known_organisation as evaluation on evaluation.id = ${columns.evaluationOrganisationId}`,
  };
}

/** The four columns of a subject as one object. */
export function subjectOf(table: string) {
  return `json_build_object('occupationCode', ${table}.occupation_code, 'edition', ${table}.edition,
    'level', ${table}.level, 'direction', ${table}.direction)`;
}

/** A receipt as a plan's page shows it. */
export class GivenReceipt {
  @Uuid() readonly id!: string;
  @Int(1, 1000) readonly version!: number;
  @Text(1, 40) readonly recipient!: string;
  @Text(1, 30) readonly number!: string;
  @Instant() readonly receivedAt!: string;
}

export const receiptsOfPlan = `
  select id, version, recipient, number, received_at as "receivedAt" from receipt where plan_id = $1 order by number`;
