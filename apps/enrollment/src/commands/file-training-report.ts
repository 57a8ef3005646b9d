import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Flag, Instant, Prose, Sha256, Text, TrainingReportFiled, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Calendars, Clock, Database, Refused, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { bring, lockClass, type TrainingClass } from '../data/classes.js';
import { nextNumber } from '../data/filings.js';
import { digestOfReport } from '../data/report-digest.js';
import { digestOfFigures, type Figures, figuresOf } from '../data/figures.js';
import { remember } from '../data/moments.js';
import { writer } from '../data/who.js';
import { judgeReport, reasonsNotToReport, type ReportDue, statementOf } from '../domain/reporting.js';

export class ReportInput {
  @Prose(1, 2000, { optional: true, description: '问题与建议' }) readonly remarks?: string;
  @Sha256({ optional: true, description: '所确认数据的摘要，来自预览；数据已有变化时不予报送' })
  readonly figuresSha256?: string;
}

export class ReportReceipt {
  @Uuid() readonly reportId!: string;
  @Text(1, 30) readonly receiptNumber!: string;
  @Instant() readonly filedAt!: string;
  @Day({ description: '按日计算的截止日' }) readonly dueOn!: string;
  @Day({ description: '遇休息日顺延后的截止日' }) readonly effectiveDueOn!: string;
  @Flag({ description: '暂定：截止日依据的年份尚未公布节假日安排' }) readonly provisional!: boolean;
  @Flag({ description: '截止日经省厅批准延期' }) readonly extended!: boolean;
  @Flag() readonly onTime!: boolean;
  @Text(1, 40) readonly statement!: string;
}

/** 报送学员名单和培训情况. The figures are the registry's own; the receipt says whether it is in time. */
export class FileTrainingReport extends Command<ReportReceipt> {
  constructor(
    readonly classId: string,
    readonly input: ReportInput,
  ) {
    super();
  }
}

interface Report extends ReportDue {
  readonly reportId: string;
  readonly receiptNumber: string;
  readonly figures: Figures;
  readonly remarks: string | null;
}

@CommandHandler(FileTrainingReport)
export class FileTrainingReportHandler implements ICommandHandler<FileTrainingReport> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly calendars: Calendars,
  ) {}

  execute({ classId, input: { remarks, figuresSha256 } }: FileTrainingReport) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      const { state, organisationId, completedOn, extendedDueOn } = of;
      const figures = await figuresOf(tx, classId);
      const confirmed = figuresSha256 === undefined || figuresSha256 === digestOfFigures(classId, figures);
      const faults = reasonsNotToReport(state, confirmed);
      if (completedOn === null || faults.length > 0) throw new Refused(faults);

      const filedOn = this.clock.today();
      const due = judgeReport(await this.calendars.load(tx), completedOn, filedOn, extendedDueOn);
      const receiptNumber = await nextNumber(tx, 'BS', filedOn);
      const reportId = randomUUID();
      await this.store(tx, of, { ...due, reportId, receiptNumber, figures, remarks: remarks ?? null });
      const filedAt = this.clock.instant();
      const { enrolled, completed, passed } = figures;
      const counts = { enrolled, completed, passed };
      announce(tx, TrainingReportFiled, { classId, organisationId, reportId, filedAt, filedOn, ...counts });
      await this.audit.note({ subject: `class:${classId}`, detail: { ...counts, onTime: due.onTime } });
      await remember(tx, of, 'reported', this.clock.now(), { receiptNumber, onTime: due.onTime });
      const { dueOn, effectiveDueOn, provisional, extended, onTime } = due;
      const statement = statementOf(due);
      return { reportId, receiptNumber, filedAt, dueOn, effectiveDueOn, provisional, extended, onTime, statement };
    });
  }

  private async store(tx: EntityManager, of: TrainingClass, report: Report) {
    const { clock: limit, figures, remarks } = report;
    const { id, organisationId, cityCode, completedOn } = of;
    const sha256 = digestOfReport({ classId: id, organisationId, completedOn, figures, remarks });
    await sql(
      tx,
      `insert into training_report (id, class_id, organisation_id, city_code, figures, remarks, sha256, completed_on, due_on,
         effective_due_on, provisional, extended, on_time, document, article, receipt_number, filed_by, filed_on, filed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
      [
        report.reportId,
        id,
        organisationId,
        cityCode,
        JSON.stringify(figures),
        remarks,
        sha256,
        completedOn,
        report.dueOn,
        report.effectiveDueOn,
        report.provisional,
        report.extended,
        report.onTime,
        limit.document,
        limit.article,
        report.receiptNumber,
        writer().accountId,
        this.clock.today(),
        this.clock.now(),
      ],
    );
    await bring(tx, of, 'report');
  }
}
