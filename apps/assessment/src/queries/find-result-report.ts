import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Flag, Instant, Int, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing } from '@shuzheng/platform';

export class ResultReportView {
  @Uuid() readonly id!: string;
  @Uuid() readonly sessionId!: string;
  @Text(1, 20) readonly serial!: string;
  @Int(1, 1000) readonly part!: number;
  @Int(0, 5000) readonly candidates!: number;
  @Int(0, 5000) readonly passed!: number;
  @Int(0, 5000) readonly failed!: number;
  @Int(0, 5000) readonly absent!: number;
  @Int(0, 5000) readonly violation!: number;
  @Int(0, 5000) readonly rows!: number;
  @Int(0, 5000) readonly confirmed!: number;
  @Int(0, 5000) readonly returned!: number;
  @Text(1, 2000, { nullable: true }) readonly remarks!: string | null;
  @Instant() readonly filedAt!: string;
  @Day() readonly filedOn!: string;
  @Day() readonly dueOn!: string;
  @Day() readonly effectiveDueOn!: string;
  @Flag({ description: '暂定' }) readonly provisional!: boolean;
  @Flag() readonly onTime!: boolean;
}

/** A filed report, with what has become of its rows. */
export class FindResultReport extends Query<ResultReportView> {
  constructor(readonly reportId: string) {
    super();
  }
}

@QueryHandler(FindResultReport)
export class FindResultReportHandler implements IQueryHandler<FindResultReport> {
  constructor(private readonly db: Database) {}

  async execute({ reportId }: FindResultReport): Promise<ResultReportView> {
    const [report] = await this.db.read<ResultReportView>(
      `select report.id, report.session_id as "sessionId", s.serial, report.part, candidates, passed, failed, absent, violation,
         (select count(*)::int from result_report_row where report_id = report.id) as rows,
         (select count(*)::int from known_decision as d
          where d.session_id = report.session_id and d.part = report.part and d.decision = 'confirmed') as confirmed,
         (select count(*)::int from known_decision as d
          where d.session_id = report.session_id and d.part = report.part and d.decision = 'returned') as returned,
         remarks, filed_at as "filedAt", filed_on as "filedOn", due_on as "dueOn", effective_due_on as "effectiveDueOn", provisional,
         on_time as "onTime"
       from result_report as report join session as s on s.id = report.session_id
       where report.id = $1`,
      [reportId],
    );
    if (!report) throw new Missing();
    return report;
  }
}
