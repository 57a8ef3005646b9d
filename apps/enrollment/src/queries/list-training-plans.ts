import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, OneOf, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, PageQuery } from '@shuzheng/platform';
import { trainingPlans, TrainingPlanView } from '../data/plan-views.js';

export const TrainingPlanPage = PageOf(TrainingPlanView);

export class TrainingPlanFilter extends PageQuery {
  @OneOf(['draft', 'filed', 'amended', 'withdrawn', 'closed'], { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
}

export class ListTrainingPlans extends Query<Page<TrainingPlanView>> {
  constructor(readonly filter: TrainingPlanFilter) {
    super();
  }
}

@QueryHandler(ListTrainingPlans)
export class ListTrainingPlansHandler implements IQueryHandler<ListTrainingPlans> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListTrainingPlans) {
    return page<TrainingPlanView & Record<string, unknown>>(
      this.db,
      {
        ...trainingPlans,
        where: [
          ['plan.state = ?', filter.state],
          ['plan.organisation_id = ?', filter.organisationId],
          ['plan.occupation_code = ?', filter.occupationCode],
        ],
        sorts: ['-createdAt', 'startsOn'],
      },
      filter,
    );
  }
}
