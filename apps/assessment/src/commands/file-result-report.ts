import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Flag, Instant, Int, List, Prose, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Calendars, Clock, Database, refuseIf, row, RuleRecords } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { ReportAnnouncer } from '../data/report-announcer.js';
import { countsOf, insertReport, insertRows, nextPart, numberFacts } from '../data/report-book.js';
import { lockOwnSession, moveSession, type Session } from '../data/sessions.js';
import { settingOn } from '../data/settings.js';
import { reasonsNotToReport, timeliness } from '../domain/reporting.js';
import { lastPaperOn } from '../domain/subject.js';

export class ReportReceipt {
  @Uuid() readonly reportId!: string;
  @Int(1, 1000, { description: '第几部分；退回或暂缓的数据在以后的部分报送' }) readonly part!: number;
  @Int(0, 5000) readonly rows!: number;
  @Int(0, 5000, { description: '因异议暂缓、留待以后部分的合格成绩' }) readonly leftOut!: number;
  @Instant() readonly filedAt!: string;
  @Day({ nullable: true, description: '第二部分起没有法定期限' }) readonly dueOn!: string | null;
  @Day({ nullable: true, description: '遇休息日顺延后的到期日' }) readonly effectiveDueOn!: string | null;
  @Flag({ nullable: true, description: '暂定：到期日所依据的节假日安排尚未公布' }) readonly provisional!:
    boolean | null;
  @Flag({ nullable: true }) readonly onTime!: boolean | null;
}

export class CertificateNumber {
  @Uuid() readonly resultId!: string;
  @Text(1, 60, { description: '评价机构自己的证书编号' }) readonly number!: string;
}

export class ResultReportContent {
  @Prose(1, 2000, { optional: true, description: '考核有关情况的说明' }) readonly remarks?: string;
  @List(() => CertificateNumber, 0, 2000, { optional: true }) readonly certificateNumbers?: CertificateNumber[];
}

/** 报送: the certificate data and the account of the exam go to the department; what came back goes again in a later part. */
export class FileResultReport extends Command<ReportReceipt> {
  constructor(
    readonly sessionId: string,
    readonly content: ResultReportContent,
  ) {
    super();
  }
}

@CommandHandler(FileResultReport)
export class FileResultReportHandler implements ICommandHandler<FileResultReport> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly calendars: Calendars,
    private readonly rules: RuleRecords,
    private readonly announcer: ReportAnnouncer,
  ) {}

  execute({ sessionId, content: { certificateNumbers = [], ...content } }: FileResultReport) {
    const remarks = content.remarks ?? null;
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      const { state } = session;
      const [counts, next] = [await countsOf(tx, sessionId), await nextPart(tx, sessionId)];
      const numbers = await numberFacts(tx, session, next, certificateNumbers);
      const waitsForHeld = await this.waitsForHeld(tx);
      refuseIf(reasonsNotToReport({ state, ...counts, rows: next.results.length, waitsForHeld, ...numbers }));

      const { part, results } = next;
      const [reportId, filedAt, filedOn] = [randomUUID(), this.clock.instant(), this.clock.today()];
      const time = await this.timeOf(tx, session, { part, filedOn });
      const report = { reportId, part, session, counts, remarks, filedAt, filedOn, ...time };
      await insertReport(tx, report);
      await insertRows(tx, report, results, certificateNumbers);
      if (state !== 'reported') await moveSession(tx, session, 'reported');
      await this.announcer.announce(tx, session, { reportId, part, filedAt, filedOn, ...counts });
      const [rows, leftOut] = [results.length, counts.held];
      await this.audit.note({
        subject: `session:${sessionId}`,
        detail: { reportId, part, rows, leftOut, onTime: time.onTime },
      });
      return { reportId, part, rows, leftOut, filedAt, ...time };
    });
  }

  private async waitsForHeld(tx: EntityManager) {
    const setting = await settingOn<{ waits: boolean }>(
      this.rules,
      tx,
      'report-waits-for-objections',
      this.clock.today(),
    );
    return setting?.waits ?? false;
  }

  /** Only the first part has a time limit: no document gives one for what came back. */
  private async timeOf(tx: EntityManager, session: Session, { part, filedOn }: { part: number; filedOn: string }) {
    if (part > 1) return { dueOn: null, effectiveDueOn: null, provisional: null, onTime: null };
    const extension = await row<{ day: string }>(
      tx,
      'select effective_due_on as day from known_extension where session_id = $1',
      [session.id],
    );
    return timeliness(await this.calendars.load(tx), lastPaperOn(session), filedOn, extension?.day ?? null);
  }
}
