import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

const states = ['drafted', 'consented', 'refused', 'filed', 'withdrawn'] as const;

export class ExamPlanView {
  @Uuid() readonly id!: string;
  @Int(1, 1000) readonly version!: number;
  @OneOf(states) readonly state!: string;
  @Uuid() readonly trainingOrganisationId!: string;
  @Text(1, 200, { nullable: true }) readonly trainingOrganisationName!: string | null;
  @Uuid() readonly evaluationOrganisationId!: string;
  @Uuid() readonly trainingPlanId!: string;
  @Code() readonly cityCode!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 60) readonly edition!: string;
  @Code() readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Int(1, 10000) readonly plannedSeats!: number;
  @Day() readonly examFrom!: string;
  @Day() readonly examTo!: string;
  @Text(1, 200) readonly site!: string;
  @Text(1, 500, { nullable: true }) readonly reason!: string | null;
  @Instant({ nullable: true }) readonly answeredAt!: string | null;
  @Instant({ nullable: true }) readonly filedAt!: string | null;
}
export const ExamPlanPage = PageOf(ExamPlanView);

export class ExamPlanFilter extends SortedBy('-examFrom') {
  @OneOf(states, { optional: true }) readonly state?: string;
}

export class ListExamPlans extends Query<Page<ExamPlanView>> {
  constructor(readonly filter: ExamPlanFilter) {
    super();
  }
}

export class FindExamPlan extends Query<ExamPlanView> {
  constructor(readonly planId: string) {
    super();
  }
}

const state = `case when plan.withdrawn_on is not null then 'withdrawn'
  when plan.filed_version = plan.version then 'filed' when answer.consented then 'consented'
  when not answer.consented then 'refused' else 'drafted' end`;

const listing = {
  columns: {
    id: 'plan.plan_id',
    version: 'plan.version',
    state,
    trainingOrganisationId: 'plan.training_organisation_id',
    trainingOrganisationName: 'organisation.name',
    evaluationOrganisationId: 'plan.evaluation_organisation_id',
    trainingPlanId: 'plan.training_plan_id',
    cityCode: 'plan.city_code',
    occupationCode: 'plan.occupation_code',
    edition: 'plan.edition',
    level: 'plan.level',
    direction: 'plan.direction',
    plannedSeats: 'plan.planned_seats',
    examFrom: 'plan.exam_from',
    examTo: 'plan.exam_to',
    site: 'plan.site',
    reason: 'answer.reason',
    answeredAt: 'answer.answered_at',
    filedAt: 'plan.filed_at',
  },
  from: `known_exam_plan as plan
    left join exam_plan_answer as answer on answer.plan_id = plan.plan_id and answer.version = plan.version
    left join known_organisation as organisation on organisation.id = plan.training_organisation_id`,
};

@QueryHandler(ListExamPlans)
export class ListExamPlansHandler implements IQueryHandler<ListExamPlans> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListExamPlans) {
    const where = [[`${state} = ?`, filter.state]] as const;
    return page<ExamPlanView>(this.db, { ...listing, where }, filter);
  }
}

@QueryHandler(FindExamPlan)
export class FindExamPlanHandler implements IQueryHandler<FindExamPlan> {
  constructor(private readonly db: Database) {}

  async execute({ planId }: FindExamPlan) {
    const { items } = await page<ExamPlanView>(this.db, { ...listing, where: [['plan.plan_id = ?', planId]] }, {});
    if (!items[0]) throw new Missing();
    return items[0];
  }
}
