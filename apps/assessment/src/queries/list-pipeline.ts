import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Int, levels, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

const states = ['not-applied', 'applied', 'qualified', 'sat', 'passed'] as const;

export class PipelineView {
  @Text(1, 100) readonly id!: string;
  @Uuid() readonly personId!: string;
  @Uuid() readonly classId!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Uuid({ description: '培训机构' }) readonly trainingOrganisationId!: string;
  @Text(1, 200, { nullable: true }) readonly trainingOrganisationName!: string | null;
  @Code() readonly occupationCode!: string;
  @Text(1, 60) readonly edition!: string;
  @Code() readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day() readonly completedOn!: string;
  @OneOf(states, { description: '未申报、已申报、已确认资格、已考核、已合格' }) readonly state!: string;
  @Uuid({ nullable: true }) readonly sessionId!: string | null;
  @Day({ nullable: true, description: '预计考核日期：所申报批次的，或考核计划的' }) readonly examOn!: string | null;
}

export const PipelinePage = PageOf(PipelineView);

function PipelineQuery(...sorts: Parameters<typeof SortedBy>) {
  class Filtered extends SortedBy(...sorts) {
    @Code({ optional: true }) readonly occupationCode?: string;
    @OneOf(levels, { optional: true }) readonly level?: string;
    @Uuid({ optional: true }) readonly classId?: string;
    @Uuid({ optional: true }) readonly trainingOrganisationId?: string;
    @Day({ optional: true, description: '预计考核日期不早于' }) readonly from?: string;
    @Day({ optional: true, description: '预计考核日期不晚于' }) readonly to?: string;
  }
  return Filtered;
}

export class PipelineFilter extends PipelineQuery('examOn', 'completedOn') {
  @OneOf(states, { optional: true }) readonly state?: string;
}

export class PipelineCountFilter extends PipelineQuery('examOn') {}

/** Learners on their way to an exam: who has not applied yet, who has, and how far they came. */
export class ListPipeline extends Query<Page<PipelineView>> {
  constructor(readonly filter: PipelineFilter) {
    super();
  }
}

export class PipelineCount {
  @Text(1, 200) readonly id!: string;
  @Uuid() readonly classId!: string;
  @Code() readonly occupationCode!: string;
  @Code() readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day({ nullable: true }) readonly examOn!: string | null;
  @Int(0, 100000) readonly notApplied!: number;
  @Int(0, 100000) readonly applied!: number;
  @Int(0, 100000) readonly qualified!: number;
  @Int(0, 100000) readonly sat!: number;
  @Int(0, 100000) readonly passed!: number;
}

export const PipelineCounts = PageOf(PipelineCount);

/** The same, counted for each class and expected day. */
export class CountPipeline extends Query<Page<PipelineCount>> {
  constructor(readonly filter: PipelineCountFilter) {
    super();
  }
}

const filters = (filter: PipelineFilter) =>
  [
    ['p.occupation_code = ?', filter.occupationCode],
    ['p.level = ?', filter.level],
    ['p.class_id = ?', filter.classId],
    ['p.training_organisation_id = ?', filter.trainingOrganisationId],
    ['p.exam_on >= ?', filter.from],
    ['p.exam_on <= ?', filter.to],
    ['p.state = ?', filter.state],
  ] as const;

type Sealed = Omit<PipelineView, 'maskedName'> & { readonly name: string };

@QueryHandler(ListPipeline)
export class ListPipelineHandler implements IQueryHandler<ListPipeline> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ filter }: ListPipeline): Promise<Page<PipelineView>> {
    const found = await page<Sealed>(this.db, { ...listing, where: filters(filter) }, filter);
    return { ...found, items: found.items.map((one) => this.masked(one)) };
  }

  private masked({ name, ...rest }: Sealed): PipelineView {
    return { ...rest, maskedName: maskName(this.personal.open('known_person', 'name_sealed', rest.personId, name)) };
  }
}

const listing = {
  columns: {
    id: 'p.id',
    personId: 'p.person_id',
    classId: 'p.class_id',
    name: 'p.name_sealed',
    trainingOrganisationId: 'p.training_organisation_id',
    trainingOrganisationName: 'organisation.name',
    occupationCode: 'p.occupation_code',
    edition: 'p.edition',
    level: 'p.level',
    direction: 'p.direction',
    completedOn: 'p.completed_on',
    state: 'p.state',
    sessionId: 'p.session_id',
    examOn: 'p.exam_on',
  },
  from: 'pipeline() as p left join known_organisation as organisation on organisation.id = p.training_organisation_id',
};

@QueryHandler(CountPipeline)
export class CountPipelineHandler implements IQueryHandler<CountPipeline> {
  constructor(private readonly db: Database) {}

  execute({ filter }: CountPipeline): Promise<Page<PipelineCount>> {
    return page<PipelineCount & Record<string, unknown>>(this.db, { ...counting, where: filters(filter) }, filter);
  }
}

const counted = (state: string) =>
  `count(*) filter (where state = '${state}') over (partition by class_id, exam_on)::int`;
const counting = {
  columns: {
    id: 'p.class_id || coalesce(p.exam_on::text, $$$$)',
    classId: 'p.class_id',
    occupationCode: 'p.occupation_code',
    level: 'p.level',
    direction: 'p.direction',
    examOn: 'p.exam_on',
    notApplied: 'p.not_applied',
    applied: 'p.applied',
    qualified: 'p.qualified',
    sat: 'p.sat',
    passed: 'p.passed',
  },
  from: `(
    select distinct on (class_id, exam_on) pipeline.*, ${counted('not-applied')} as not_applied, ${counted('applied')} as applied,
      ${counted('qualified')} as qualified, ${counted('sat')} as sat, ${counted('passed')} as passed
    from pipeline() order by class_id, exam_on) as p`,
};
