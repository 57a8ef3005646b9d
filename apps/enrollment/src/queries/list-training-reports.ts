import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { trainingReports, TrainingReportView } from '../data/report-views.js';

export const TrainingReportPage = PageOf(TrainingReportView);

export class TrainingReportFilter extends SortedBy('-filedAt', 'effectiveDueOn') {
  @Uuid({ optional: true }) readonly classId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
}

export class ListTrainingReports extends Query<Page<TrainingReportView>> {
  constructor(readonly filter: TrainingReportFilter) {
    super();
  }
}

@QueryHandler(ListTrainingReports)
export class ListTrainingReportsHandler implements IQueryHandler<ListTrainingReports> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListTrainingReports) {
    return page<TrainingReportView & Record<string, unknown>>(
      this.db,
      {
        ...trainingReports,
        where: [
          ['report.class_id = ?', filter.classId],
          ['report.organisation_id = ?', filter.organisationId],
        ],
      },
      filter,
    );
  }
}
