import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Flag, Instant, Text, TrainingReportFiled, Uuid } from '@shuzheng/contracts';
import {
  announce,
  Audit,
  Calendars,
  canonicalDigest,
  Clock,
  Database,
  Refused,
  refuseIf,
  sql,
} from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { lockClass, type TrainingClass } from '../data/classes.js';
import { nextNumber } from '../data/filings.js';
import { type Figures, figuresOf } from '../data/figures.js';
import { writer } from '../data/who.js';
import { isCompleted } from '../domain/completing.js';
import { judgeReport, type ReportDue, statementOf } from '../domain/reporting.js';

export class ReportInput {
  @Text(1, 2000, { optional: true, description: '问题与建议' }) readonly remarks?: string;
}

export class ReportReceipt {
  @Uuid() readonly reportId!: string;
  @Text(1, 30) readonly receiptNumber!: string;
  @Instant() readonly filedAt!: string;
  @Day({ description: '按日计算的截止日' }) readonly dueOn!: string;
  @Day({ description: '遇休息日顺延后的截止日' }) readonly effectiveDueOn!: string;
  @Flag({ description: '暂定：截止日依据的年份尚未公布节假日安排' }) readonly provisional!: boolean;
  @Flag() readonly onTime!: boolean;
  @Text(1, 40) readonly statement!: string;
}

/** 报送学员名单和培训情况. The figures are the registry's own; the receipt says whether it is in time. */
export class FileTrainingReport extends Command<ReportReceipt> {
  constructor(
    readonly classId: string,
    readonly remarks: string | undefined,
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

  execute({ classId, remarks }: FileTrainingReport) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      const { state, organisationId, completedOn } = of;
      if (completedOn === null || !isCompleted(state)) throw new Refused(['class-not-completed']);
      refuseIf(state === 'reported' ? ['already-reported'] : []);

      const filedOn = this.clock.today();
      const due = judgeReport(await this.calendars.load(tx), completedOn, filedOn);
      const figures = await figuresOf(tx, classId);
      const receiptNumber = await nextNumber(tx, 'BS', filedOn);
      const reportId = randomUUID();
      await this.store(tx, of, { ...due, reportId, receiptNumber, figures, remarks: remarks ?? null });
      const filedAt = this.clock.instant();
      const { enrolled, completed, passed } = figures;
      const counts = { enrolled, completed, passed };
      announce(tx, TrainingReportFiled, { classId, organisationId, reportId, filedAt, filedOn, ...counts });
      await this.audit.note({ subject: `class:${classId}`, detail: { ...counts, onTime: due.onTime } });
      const { dueOn, effectiveDueOn, provisional, onTime } = due;
      const statement = statementOf(due);
      return { reportId, receiptNumber, filedAt, dueOn, effectiveDueOn, provisional, onTime, statement };
    });
  }

  private async store(tx: EntityManager, of: TrainingClass, report: Report) {
    const { clock: limit, figures, remarks } = report;
    const { id, organisationId, cityCode, completedOn } = of;
    const sha256 = canonicalDigest([{ classId: id, organisationId, completedOn, figures, remarks }]);
    await sql(
      tx,
      `insert into training_report (id, class_id, organisation_id, city_code, figures, remarks, sha256, completed_on, due_on,
         effective_due_on, provisional, on_time, document, article, receipt_number, filed_by, filed_on, filed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
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
        report.onTime,
        limit.document,
        limit.article,
        report.receiptNumber,
        writer().accountId,
        this.clock.today(),
        this.clock.now(),
      ],
    );
    await sql(tx, `update training_class set state = 'reported' where id = $1`, [id]);
  }
}
