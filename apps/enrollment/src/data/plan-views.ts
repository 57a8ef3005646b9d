import { Code, Day, Instant, Int, Nested, OneOf, Subject, Text, Uuid } from '@shuzheng/contracts';

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
  @OneOf(['draft', 'filed', 'amended', 'withdrawn', 'closed']) readonly state!: string;
  @Int(1, 1000) readonly version!: number;
  @Int(1, 1000, { nullable: true }) readonly filedVersion!: number | null;
  @Instant({ nullable: true }) readonly firstFiledAt!: string | null;
  @Instant({ nullable: true }) readonly filedAt!: string | null;
  @Instant() readonly createdAt!: string;
}

export const trainingPlans = {
  columns: {
    id: 'plan.id',
    organisationId: 'plan.organisation_id',
    organisationName: 'organisation.name',
    cityCode: 'plan.city_code',
    subject: subjectOf('plan'),
    plannedSeats: 'plan.planned_seats',
    startsOn: 'plan.starts_on',
    endsOn: 'plan.ends_on',
    venueCityCode: 'plan.venue_city_code',
    venueAddress: 'plan.venue_address',
    state: 'plan.state',
    version: 'plan.version',
    filedVersion: 'plan.filed_version',
    firstFiledAt: 'plan.first_filed_at',
    filedAt: 'plan.filed_at',
    createdAt: 'plan.created_at',
  },
  from: 'training_plan as plan left join known_organisation as organisation on organisation.id = plan.organisation_id',
};

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
  @OneOf(['drafted', 'consented', 'refused', 'filed', 'withdrawn', 'closed']) readonly state!: string;
  @Int(1, 1000) readonly version!: number;
  @Text(1, 500, { nullable: true, description: '评价机构答复的理由' }) readonly answerReason!: string | null;
  @Instant({ nullable: true }) readonly answeredAt!: string | null;
  @Instant({ nullable: true }) readonly filedAt!: string | null;
  @Instant() readonly createdAt!: string;
}

export const examPlans = {
  columns: {
    id: 'plan.id',
    trainingPlanId: 'plan.training_plan_id',
    organisationId: 'plan.organisation_id',
    organisationName: 'organisation.name',
    cityCode: 'plan.city_code',
    evaluationOrganisationId: 'plan.evaluation_organisation_id',
    evaluationOrganisationName: 'evaluation.name',
    subject: subjectOf('plan'),
    examFrom: 'plan.exam_from',
    examTo: 'plan.exam_to',
    site: 'plan.site',
    plannedSeats: 'plan.planned_seats',
    state: 'plan.state',
    version: 'plan.version',
    answerReason: 'plan.answer_reason',
    answeredAt: 'plan.answered_at',
    filedAt: 'plan.filed_at',
    createdAt: 'plan.created_at',
  },
  from: `exam_plan as plan left join known_organisation as organisation on organisation.id = plan.organisation_id
    left join known_organisation as evaluation on evaluation.id = plan.evaluation_organisation_id`,
};

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
