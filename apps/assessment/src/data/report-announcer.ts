import { Injectable } from '@nestjs/common';
import { type ReportedRow, ResultReportFiled } from '@shuzheng/contracts';
import { announce, notYetKnown, Organisations, Personal, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { lastPaperOn } from '../domain/subject.js';
import { inEvents, type Session } from './sessions.js';

export interface FiledReport {
  readonly reportId: string;
  readonly part: number;
  readonly filedAt: string;
  readonly filedOn: string;
  readonly candidates: number;
  readonly passed: number;
  readonly absent: number;
}

/** Opens the sealed names and numbers of a report's rows for one purpose: they travel, sealed anew, to the department. */
@Injectable()
export class ReportAnnouncer {
  constructor(
    private readonly personal: Personal,
    private readonly organisations: Organisations,
  ) {}

  async announce(tx: EntityManager, session: Session, { candidates, absent, ...report }: FiledReport) {
    const organisation = await this.organisations.find(tx, session.organisationId);
    if (!organisation) throw notYetKnown();
    const pieces = inEvents(await this.rowsOf(tx, report.reportId));
    const { id: sessionId, organisationId, cityCode, occupationCode, edition, level, direction } = session;
    const { reportId, part, filedAt, filedOn, passed } = report;
    for (const [nth, piece] of (pieces.length > 0 ? pieces : [[]]).entries()) {
      announce(tx, ResultReportFiled, {
        reportId,
        sessionId,
        organisationId,
        organisationName: organisation.name,
        cityCode,
        subject: { occupationCode, edition, level, direction },
        lastPaperOn: lastPaperOn(session),
        part,
        filedAt,
        filedOn,
        sat: candidates - absent,
        passed,
        more: nth < pieces.length - 1,
        rows: piece,
      });
    }
  }

  private async rowsOf(tx: EntityManager, reportId: string): Promise<ReportedRow[]> {
    const found = await rows<ReportedRow>(tx, reportedRows, [reportId]);
    return found.map((row) => ({
      ...row,
      name: this.personal.open('application', 'name_sealed', row.applicationId, row.name),
      documentNumber: this.personal.open('application', 'number_sealed', row.applicationId, row.documentNumber),
    }));
  }
}

const reportedRows = `
  select r.id as "resultId", a.id as "applicationId", a.person_id as "personId", a.class_id as "classId", a.name_sealed as name,
    a.document_kind as "documentKind", a.number_sealed as "documentNumber", a.number_index as "numberIndex",
    a.name_index as "nameIndex", a.condition, r.theory, r.ability, r.recorded_at as "recordedAt",
    reported.certificate_number as "certificateNumber"
  from result_report_row as reported
  join result as r on r.id = reported.result_id
  join application as a on a.id = r.application_id
  where reported.report_id = $1
  order by a.admission_number`;
