import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Int, Json, List, Sha256, Text } from '@shuzheng/contracts';
import { Database, Missing } from '@shuzheng/platform';
import { trainingReports, TrainingReportView } from '../data/report-views.js';
import { selected } from '../data/select.js';
import { statementOf } from '../domain/reporting.js';

export class EarlierReport {
  @Int(1, 1000) readonly version!: number;
  @Json() readonly figures!: object;
  @Text(1, 2000, { nullable: true }) readonly remarks!: string | null;
  @Sha256() readonly sha256!: string;
  @Text(1, 200, { description: '更正的原因' }) readonly reason!: string;
  @Instant() readonly replacedAt!: string;
}

export class WholeTrainingReport extends TrainingReportView {
  @Text(1, 2000, { nullable: true }) readonly remarks!: string | null;
  @Sha256({ description: '报送内容的摘要' }) readonly sha256!: string;
  @Text(1, 100) readonly document!: string;
  @Text(1, 100) readonly article!: string;
  @Text(1, 40, { description: '回执上的说明：按期或逾期' }) readonly statement!: string;
  @Instant({ nullable: true }) readonly amendedAt!: string | null;
  @List(() => EarlierReport, 0, 1000, { description: '更正之前的内容' }) readonly earlier!: EarlierReport[];
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
    const [report] = await this.db.read<Omit<WholeTrainingReport, 'statement' | 'earlier'> & Record<string, unknown>>(
      `select ${selected(trainingReports.columns)}, report.remarks, report.sha256, report.amended_at as "amendedAt", report.document, report.article
       from ${trainingReports.from} where report.id = $1`,
      [reportId],
    );
    if (!report) throw new Missing();
    const earlier = await this.db.read<EarlierReport & Record<string, unknown>>(
      `select version, figures, remarks, sha256, reason, replaced_at as "replacedAt"
       from training_report_version where report_id = $1 order by version`,
      [reportId],
    );
    return { ...report, statement: statementOf(report), earlier };
  }
}
