import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { OneOf, Uuid } from '@shuzheng/contracts';
import { actor, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { PlanStatuses } from '../data/plan-status.js';
import { examPlansFor, ExamPlanView } from '../data/plan-views.js';
import { examPlanStates } from '../domain/plan-states.js';

export const ExamPlanPage = PageOf(ExamPlanView);

export class ExamPlanFilter extends SortedBy('-createdAt', 'examFrom', 'filedAt') {
  @OneOf(examPlanStates, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly trainingPlanId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
}

export class ListExamPlans extends Query<Page<ExamPlanView>> {
  constructor(readonly filter: ExamPlanFilter) {
    super();
  }
}

type Found = Omit<ExamPlanView, 'status'>;

@QueryHandler(ListExamPlans)
export class ListExamPlansHandler implements IQueryHandler<ListExamPlans> {
  constructor(
    private readonly db: Database,
    private readonly statuses: PlanStatuses,
  ) {}

  execute({ filter }: ListExamPlans) {
    const { columns, from } = examPlansFor(actor());
    return this.db.transaction(async (tx) => {
      const tell = await this.statuses.teller(tx);
      const { items, ...rest } = await page<Found & Record<string, unknown>>(
        this.db,
        {
          columns,
          from,
          where: [
            [`${columns.state} = ?`, filter.state],
            [`${columns.trainingPlanId} = ?`, filter.trainingPlanId],
            ['plan.organisation_id = ?', filter.organisationId],
          ],
        },
        filter,
      );
      return { ...rest, items: items.map((plan) => tell(plan)) };
    });
  }
}
