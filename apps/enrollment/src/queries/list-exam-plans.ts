import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { OneOf, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, PageQuery } from '@shuzheng/platform';
import { examPlans, ExamPlanView } from '../data/plan-views.js';

export const ExamPlanPage = PageOf(ExamPlanView);

export class ExamPlanFilter extends PageQuery {
  @OneOf(['drafted', 'consented', 'refused', 'filed', 'withdrawn', 'closed'], { optional: true })
  readonly state?: string;
  @Uuid({ optional: true }) readonly trainingPlanId?: string;
}

export class ListExamPlans extends Query<Page<ExamPlanView>> {
  constructor(readonly filter: ExamPlanFilter) {
    super();
  }
}

@QueryHandler(ListExamPlans)
export class ListExamPlansHandler implements IQueryHandler<ListExamPlans> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListExamPlans) {
    return page<ExamPlanView & Record<string, unknown>>(
      this.db,
      {
        ...examPlans,
        where: [
          ['plan.state = ?', filter.state],
          ['plan.training_plan_id = ?', filter.trainingPlanId],
        ],
        sorts: ['-createdAt', 'examFrom'],
      },
      filter,
    );
  }
}
