import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, OneOf, Uuid } from '@shuzheng/contracts';
import { actor, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { PlanStatuses } from '../data/plan-status.js';
import { trainingPlansFor, TrainingPlanView } from '../data/plan-views.js';
import { trainingPlanStates } from '../domain/plan-states.js';

export const TrainingPlanPage = PageOf(TrainingPlanView);

export class TrainingPlanFilter extends SortedBy('-createdAt', 'startsOn', 'filedAt') {
  @OneOf(trainingPlanStates, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
}

export class ListTrainingPlans extends Query<Page<TrainingPlanView>> {
  constructor(readonly filter: TrainingPlanFilter) {
    super();
  }
}

type Found = Omit<TrainingPlanView, 'status'>;

@QueryHandler(ListTrainingPlans)
export class ListTrainingPlansHandler implements IQueryHandler<ListTrainingPlans> {
  constructor(
    private readonly db: Database,
    private readonly statuses: PlanStatuses,
  ) {}

  execute({ filter }: ListTrainingPlans) {
    const { columns, from } = trainingPlansFor(actor());
    return this.db.transaction(async (tx) => {
      const tell = await this.statuses.teller(tx);
      const { items, ...rest } = await page<Found & Record<string, unknown>>(
        this.db,
        {
          columns,
          from,
          where: [
            [`${columns.state} = ?`, filter.state],
            ['plan.organisation_id = ?', filter.organisationId],
            ['plan.occupation_code = ?', filter.occupationCode],
          ],
        },
        filter,
      );
      return { ...rest, items: items.map((plan) => tell(plan)) };
    });
  }
}
