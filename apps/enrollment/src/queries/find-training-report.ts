import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Sha256, Text } from '@shuzheng/contracts';
import { Database, Missing } from '@shuzheng/platform';
import { trainingReports, TrainingReportView } from '../data/report-views.js';
import { selected } from '../data/select.js';
import { statementOf } from '../domain/reporting.js';

export class WholeTrainingReport extends TrainingReportView {
  @Text(1, 2000, { nullable: true }) readonly remarks!: string | null;
  @Sha256({ description: '报送内容的摘要' }) readonly sha256!: string;
  @Text(1, 100) readonly document!: string;
  @Text(1, 100) readonly article!: string;
  @Text(1, 40, { description: '回执上的说明：按期或逾期' }) readonly statement!: string;
}

export class FindTrainingReport extends Query<WholeTrainingReport> {
  constructor(readonly reportId: string) {
    super();
  }
}

@QueryHandler(FindTrainingReport)
export class FindTrainingReportHandler implements IQueryHandler<FindTrainingReport> {
  constructor(private readonly db: Database) {}

  async execute({ reportId }: FindTrainingReport) {
    const [report] = await this.db.read<Omit<WholeTrainingReport, 'statement'> & Record<string, unknown>>(
      `select ${selected(trainingReports.columns)}, report.remarks, report.sha256, report.document, report.article
       from ${trainingReports.from} where report.id = $1`,
      [reportId],
    );
    if (!report) throw new Missing();
    return { ...report, statement: statementOf(report) };
  }
}
