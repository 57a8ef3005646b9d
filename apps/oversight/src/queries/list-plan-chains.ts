import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, PageQuery } from '@shuzheng/platform';
import { PlanChain, sums } from '../data/chain-view.js';
import { steps } from '../domain/chain.js';

export const PlanChainPage = PageOf(PlanChain);

export class PlanChainFilter extends PageQuery {
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
    ...Object.fromEntries(steps.map((step) => [step, `chain.${step}`])),
  },
  from: `plan cross join lateral (select ${sums} from stage where stage.plan_id = plan.id) as chain`,
  where: [
    ['plan.organisation_id = ?', organisationId],
    ['plan.city_code = ?', cityCode],
  ] as [string, unknown][],
  sorts: ['-filedAt', 'plannedSeats'],
});
