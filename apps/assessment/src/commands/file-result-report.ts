import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Flag, Instant, Int, List, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Calendars, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { ReportAnnouncer } from '../data/report-announcer.js';
import { countsOf, insertReport, insertRows, numberFacts } from '../data/report-book.js';
import { lockOwnSession } from '../data/sessions.js';
import { reasonsNotToReport, timeliness } from '../domain/reporting.js';
import { lastPaperOn } from '../domain/subject.js';

export class ReportReceipt {
  @Uuid() readonly reportId!: string;
  @Int(1, 1000) readonly part!: number;
  @Int(0, 5000) readonly rows!: number;
  @Instant() readonly filedAt!: string;
  @Day() readonly dueOn!: string;
  @Day({ description: '遇休息日顺延后的到期日' }) readonly effectiveDueOn!: string;
  @Flag({ description: '暂定：到期日所依据的节假日安排尚未公布' }) readonly provisional!: boolean;
  @Flag() readonly onTime!: boolean;
}

export class CertificateNumber {
  @Uuid() readonly resultId!: string;
  @Text(1, 60, { description: '评价机构自己的证书编号' }) readonly number!: string;
}

export class ResultReportContent {
  @Text(1, 2000, { optional: true, description: '考核有关情况的说明' }) readonly remarks?: string;
  @List(() => CertificateNumber, 0, 2000, { optional: true }) readonly certificateNumbers?: CertificateNumber[];
}

/** 报送: the certificate data and the account of the exam go to the department. */
export class FileResultReport extends Command<ReportReceipt> {
  constructor(
    readonly sessionId: string,
    readonly content: ResultReportContent,
  ) {
    super();
  }
}

/** A returned row comes back in a later part; this files the first. */
const PART = 1;

@CommandHandler(FileResultReport)
export class FileResultReportHandler implements ICommandHandler<FileResultReport> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly calendars: Calendars,
    private readonly announcer: ReportAnnouncer,
  ) {}

  execute({ sessionId, content: { remarks, certificateNumbers = [] } }: FileResultReport) {
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      const counts = await countsOf(tx, sessionId);
      const numbers = await numberFacts(tx, session, certificateNumbers);
      refuseIf(reasonsNotToReport({ state: session.state, ...counts, ...numbers }));

      const [reportId, part, filedAt, filedOn] = [randomUUID(), PART, this.clock.instant(), this.clock.today()];
      const time = timeliness(await this.calendars.load(tx), lastPaperOn(session), filedOn);
      await insertReport(tx, { reportId, part, session, counts, remarks: remarks ?? null, filedAt, filedOn, ...time });
      const { rowCount: rows } = await sql(tx, insertRows, [
        reportId,
        part,
        sessionId,
        certificateNumbers.map(({ resultId }) => resultId),
        certificateNumbers.map(({ number }) => number),
      ]);
      await sql(tx, `update session set state = 'reported' where id = $1`, [sessionId]);
      await this.announcer.announce(tx, session, { reportId, part, filedAt, filedOn, ...counts });
      await this.audit.note({ subject: `session:${sessionId}`, detail: { reportId, part, rows, onTime: time.onTime } });
      return { reportId, part, rows: rows ?? 0, filedAt, ...time };
    });
  }
}
