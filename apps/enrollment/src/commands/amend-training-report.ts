import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, Prose, Sha256, TrainingReportFiled, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, requireVersion, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { lockClassOf } from '../data/classes.js';
import { digestOfFigures, figuresOf } from '../data/figures.js';
import { remember } from '../data/moments.js';
import { digestOfReport } from '../data/report-digest.js';
import { writer } from '../data/who.js';
import { reasonsNotToAmend } from '../domain/reporting.js';

export class AmendmentInput {
  @Prose(2, 200, { description: '更正的原因' }) readonly reason!: string;
  @Prose(1, 2000, { optional: true, description: '问题与建议；省略时保持不变' }) readonly remarks?: string;
  @Sha256({ optional: true, description: '所确认数据的摘要，来自预览' }) readonly figuresSha256?: string;
}

export class AmendedReport {
  @Uuid() readonly reportId!: string;
  @Int(2, 1000) readonly version!: number;
  @Sha256() readonly sha256!: string;
}

/** 更正报送: another version with today's figures. The day of the first filing stays, and with it whether it was in time. */
export class AmendTrainingReport extends Command<AmendedReport> {
  constructor(
    readonly reportId: string,
    readonly input: AmendmentInput,
  ) {
    super();
  }
}

interface Report {
  readonly version: number;
  readonly remarks: string | null;
  readonly sha256: string;
  readonly filedOn: string;
  readonly filedAt: string;
}

@CommandHandler(AmendTrainingReport)
export class AmendTrainingReportHandler implements ICommandHandler<AmendTrainingReport> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ reportId, input }: AmendTrainingReport) {
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'training_report', reportId);
      const { id: classId, organisationId, completedOn } = of;
      const report = await reportOf(tx, reportId);
      requireVersion(report.version);
      const figures = await figuresOf(tx, classId);
      const remarks = input.remarks ?? report.remarks;
      const sha256 = digestOfReport({ classId, organisationId, completedOn, figures, remarks });
      const confirmed = input.figuresSha256 === undefined || input.figuresSha256 === digestOfFigures(classId, figures);
      refuseIf(reasonsNotToAmend(of.state, { confirmed, unchanged: sha256 === report.sha256 }));

      await this.keepVersion(tx, reportId, input.reason);
      await sql(
        tx,
        `update training_report set figures = $2, remarks = $3, sha256 = $4, version = version + 1, amended_at = $5 where id = $1`,
        [reportId, JSON.stringify(figures), remarks, sha256, this.clock.now()],
      );
      const { enrolled, completed, passed } = figures;
      const { filedAt, filedOn, version: before } = report;
      const counts = { enrolled, completed, passed };
      announce(tx, TrainingReportFiled, { classId, organisationId, reportId, filedAt, filedOn, ...counts });
      await remember(tx, of, 'report-amended', this.clock.now(), { version: before + 1 });
      await this.audit.note({ subject: `class:${classId}`, detail: { reportId, version: before + 1, ...counts } });
      return { reportId, version: before + 1, sha256 };
    });
  }

  private keepVersion(tx: EntityManager, reportId: string, reason: string) {
    return sql(
      tx,
      `insert into training_report_version (report_id, version, organisation_id, city_code, figures, remarks, sha256, reason,
         replaced_by, replaced_at)
       select id, version, organisation_id, city_code, figures, remarks, sha256, $2, $3, $4 from training_report where id = $1`,
      [reportId, reason, writer().accountId, this.clock.now()],
    );
  }
}

async function reportOf(tx: EntityManager, reportId: string): Promise<Report> {
  const found = await row<Report & Record<string, unknown>>(
    tx,
    `select version, remarks, sha256, filed_on as "filedOn", filed_at as "filedAt" from training_report where id = $1`,
    [reportId],
  );
  if (!found) throw new Error('a report whose class is locked is there');
  return found;
}
