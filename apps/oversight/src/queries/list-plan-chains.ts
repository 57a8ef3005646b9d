import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { candidateCounts, candidates, traineeCounts, trainees } from '../data/chain-links.js';
import { PlanChain } from '../data/chain-view.js';
import { examLinks, fieldOf, trainingLinks } from '../domain/chain.js';

export const PlanChainPage = PageOf(PlanChain);

export class PlanChainFilter extends SortedBy('-filedAt', 'plannedSeats') {
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Code({ optional: true }) readonly cityCode?: string;
}

export class ListPlanChains extends Query<Page<PlanChain>> {
  constructor(readonly filter: PlanChainFilter) {
    super();
  }
}

@QueryHandler(ListPlanChains)
export class ListPlanChainsHandler implements IQueryHandler<ListPlanChains> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: ListPlanChains) {
    const { items, ...rest } = await page<PlanChain & { id: string }>(this.db, listing(filter), filter);
    return { ...rest, items: items.map(({ id: planId, ...plan }) => ({ ...plan, planId })) };
  }
}

const listing = ({ organisationId, cityCode }: PlanChainFilter) => ({
  columns: {
    id: 'plan.id',
    organisationId: 'plan.organisation_id',
    cityCode: 'plan.city_code',
    occupationCode: 'plan.occupation_code',
    level: 'plan.level',
    plannedSeats: 'plan.planned_seats',
    filedAt: 'plan.filed_at',
    ...Object.fromEntries(trainingLinks.map(fieldOf).map((field) => [field, `training."${field}"`])),
    ...Object.fromEntries(examLinks.map(fieldOf).map((field) => [field, `exams."${field}"`])),
  },
  from: `plan
    cross join lateral (select ${traineeCounts} from ${trainees} where trainee.plan_id = plan.id) as training
    cross join lateral (select ${candidateCounts} from ${candidates} where candidate.plan_id = plan.id) as exams`,
  where: [
    ['plan.organisation_id = ?', organisationId],
    ['plan.city_code = ?', cityCode],
  ] as [string, unknown][],
});
