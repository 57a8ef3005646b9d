import { Injectable } from '@nestjs/common';
import { BatchReceived, type ReportedRow, ResultReportFiled } from '@shuzheng/contracts';
import { announce, Clock, Database, latestOf, On, Personal, rows, sql } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** 证书数据 arrives: one batch for each session, one part for each report. A part counts as received when it is whole. */
@Injectable()
export class WhenResultReportFiled {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly personal: Personal,
  ) {}

  @On(ResultReportFiled)
  receive(reports: ResultReportFiled[]) {
    return this.db.transaction(async (tx) => {
      await sql(tx, openBatches, this.batchValues(latestOf(reports, ({ sessionId }) => sessionId)));
      await sql(tx, openParts, partValues(latestOf(reports, ({ sessionId, part }) => `${sessionId}/${part}`)));
      const reported = reports.flatMap((report) => report.rows.map((row) => ({ report, row, id: randomUUID() })));
      if (reported.length > 0) await sql(tx, takeRows, this.rowValues(reported));
      await announceReceived(
        tx,
        reports.filter(({ more }) => !more),
      );
    });
  }

  private batchValues(reports: ResultReportFiled[]) {
    return [
      this.clock.now(),
      reports.map(() => randomUUID()),
      reports.map(({ sessionId }) => sessionId),
      reports.map(({ organisationId }) => organisationId),
      reports.map(({ organisationName }) => organisationName),
      reports.map(({ cityCode }) => cityCode),
      reports.map(({ subject }) => subject.occupationCode),
      reports.map(({ subject }) => subject.edition),
      reports.map(({ subject }) => subject.level),
      reports.map(({ subject }) => subject.direction),
      reports.map(({ lastPaperOn }) => lastPaperOn),
    ];
  }

  private rowValues(reported: { report: ResultReportFiled; row: ReportedRow; id: string }[]) {
    const of = <T>(value: (row: ReportedRow, id: string) => T) => reported.map(({ row, id }) => value(row, id));
    const sealed = (column: string, text: (row: ReportedRow) => string) =>
      of((row, id) => this.personal.seal('batch_row', column, id, text(row)));
    return [
      reported.map(({ report }) => report.sessionId),
      reported.map(({ report }) => report.part),
      reported.map(({ report }) => report.filedOn),
      of((_, id) => id),
      of(({ resultId }) => resultId),
      of(({ applicationId }) => applicationId),
      of(({ personId }) => personId),
      of(({ classId }) => classId),
      sealed('name_sealed', ({ name }) => name),
      of(({ name }) => maskName(name)),
      of(({ documentKind }) => documentKind),
      sealed('document_number_sealed', ({ documentNumber }) => documentNumber),
      of(({ numberIndex }) => numberIndex),
      of(({ nameIndex }) => nameIndex),
      of(({ condition }) => condition),
      of(({ theory }) => theory),
      of(({ ability }) => ability),
      of(({ certificateNumber }) => certificateNumber),
    ];
  }
}

const partValues = (reports: ResultReportFiled[]) => [
  reports.map(({ sessionId }) => sessionId),
  reports.map(({ part }) => part),
  reports.map(({ reportId }) => reportId),
  reports.map(({ sat }) => sat),
  reports.map(({ passed }) => passed),
];

/** The day of receipt is the day the data were filed whole, however long they were on their way. It is set once. */
async function announceReceived(tx: EntityManager, last: readonly ResultReportFiled[]) {
  const received = await rows<{ batchId: string; sessionId: string; part: number; rows: number }>(tx, closeParts, [
    last.map(({ sessionId }) => sessionId),
    last.map(({ part }) => part),
    last.map(({ filedOn }) => filedOn),
    last.map(({ filedAt }) => filedAt),
  ]);
  for (const { batchId, sessionId, part, rows: count } of received) {
    const report = last.find((one) => one.sessionId === sessionId && one.part === part);
    if (!report) continue;
    const { organisationId, subject, filedOn, filedAt } = report;
    const when = { receivedOn: filedOn, receivedAt: filedAt };
    announce(tx, BatchReceived, { batchId, part, sessionId, organisationId, subject, ...when, rows: count });
  }
}

const openBatches = `
  insert into batch (opened_at, id, session_id, organisation_id, organisation_name, city_code, occupation_code, edition,
    level, direction, exam_on)
  select $1::timestamptz, heard.*
  from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::date[])
    as heard (id, session, organisation, name, city, occupation, edition, level, direction, exam_on)
  where not exists (select from batch where session_id = session)
  on conflict (session_id) do nothing`;

const openParts = `
  insert into batch_part (batch_id, part, organisation_id, city_code, report_id, sat, passed)
  select batch.id, heard.part, organisation_id, city_code, report, heard.sat, heard.passed
  from unnest($1::uuid[], $2::int[], $3::uuid[], $4::int[], $5::int[]) as heard (session, part, report, sat, passed)
  join batch on session_id = session
  on conflict (batch_id, part) do nothing`;

// A row that comes back is tied to its first row and keeps the day of that; a result that is under way is not taken twice.
const takeRows = `
  insert into batch_row (batch_id, organisation_id, city_code, number, registry_row, part, first_received_on, first_row_id, id,
    result_id, application_id, person_id, class_id, name_sealed, masked_name, document_kind, document_number_sealed, number_index,
    name_index, condition, theory, ability, certificate_number)
  select batch_id, organisation_id, city_code, number,
    to_char(serial, 'FM000000') || '-' || to_char(number, 'FM0000'), part,
    least(filed_on, (select min(first_received_on) from batch_row as before where before.result_id = numbered.result_id)),
    (select id from batch_row as before where before.result_id = numbered.result_id order by part, number limit 1),
    id, result_id, application_id, person_id, class_id, name, masked_name, document_kind, document_number, number_index,
    name_index, condition, theory, ability, certificate_number
  from (
    select batch.id as batch_id, batch.serial, batch.organisation_id, batch.city_code,
      (coalesce((select max(number) from batch_row as before where before.batch_id = batch.id), 0)
        + row_number() over (partition by batch.id order by nth))::int as number, heard.*
    from unnest($1::uuid[], $2::int[], $3::date[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[],
      $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::int[], $16::numeric[], $17::numeric[], $18::text[])
      with ordinality as heard (session, part, filed_on, id, result_id, application_id, person_id, class_id, name, masked_name,
        document_kind, document_number, number_index, name_index, condition, theory, ability, certificate_number, nth)
    join batch on session_id = session
  ) as numbered
  on conflict do nothing`;

const closeParts = `
  update batch_part as part set received_on = heard.filed_on, received_at = heard.filed_at
  from unnest($1::uuid[], $2::int[], $3::date[], $4::timestamptz[]) as heard (session, part, filed_on, filed_at), batch
  where batch.session_id = heard.session and part.batch_id = batch.id and part.part = heard.part and part.received_on is null
  returning part.batch_id as "batchId", batch.session_id as "sessionId", part.part,
    (select count(*)::int from batch_row as row where row.batch_id = part.batch_id and row.part = part.part) as rows`;
