import { actor, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { Session } from './sessions.js';

export interface ReportCounts {
  readonly candidates: number;
  readonly passed: number;
  readonly failed: number;
  readonly absent: number;
  readonly violation: number;
  readonly missing: number;
  readonly unreleased: number;
}

/** The figures of a session, assembled here and not handed in. */
export async function countsOf(tx: EntityManager, sessionId: string): Promise<ReportCounts> {
  const counts = await row<ReportCounts>(
    tx,
    `select count(*)::int as candidates,
       count(*) filter (where r.outcome = 'passed')::int as passed,
       count(*) filter (where r.outcome = 'failed')::int as failed,
       count(*) filter (where r.outcome = 'absent')::int as absent,
       count(*) filter (where r.outcome = 'violation')::int as violation,
       count(*) filter (where not exists (select from result where application_id = a.id))::int as missing,
       count(*) filter (where r.state = 'recorded')::int as unreleased
     from application as a left join result as r on r.application_id = a.id and r.state <> 'void'
     where a.session_id = $1 and a.state = 'qualified'`,
    [sessionId],
  );
  return counts ?? { candidates: 0, passed: 0, failed: 0, absent: 0, violation: 0, missing: 0, unreleased: 0 };
}

/** Are the issuer's numbers for rows of this report, and each of them new? */
export async function numberFacts(
  tx: EntityManager,
  session: Session,
  given: readonly { readonly resultId: string; readonly number: string }[],
) {
  const numbers = given.map(({ number }) => number);
  const resultIds = new Set(given.map(({ resultId }) => resultId));
  const found = await row<{ taken: number; known: number }>(
    tx,
    `select
       (select count(*) from result_report_row where organisation_id = $1 and certificate_number = any($2::text[]))::int as taken,
       (select count(*) from result where session_id = $3 and id = any($4::uuid[]) and state = 'released'
          and outcome = 'passed')::int as known`,
    [session.organisationId, numbers, session.id, [...resultIds]],
  );
  return {
    numbersTaken: (found?.taken ?? 0) > 0 || new Set(numbers).size < numbers.length || resultIds.size < given.length,
    numbersUnknown: (found?.known ?? 0) < resultIds.size,
  };
}

interface NewReport {
  readonly reportId: string;
  readonly part: number;
  readonly session: Session;
  readonly counts: ReportCounts;
  readonly remarks: string | null;
  readonly filedAt: string;
  readonly filedOn: string;
  readonly dueOn: string;
  readonly effectiveDueOn: string;
  readonly provisional: boolean;
  readonly onTime: boolean;
}

export const insertReport = (tx: EntityManager, { session, counts, ...report }: NewReport) =>
  sql(
    tx,
    `insert into result_report (id, session_id, organisation_id, city_code, part, candidates, passed, failed, absent, violation,
       remarks, filed_by, filed_at, filed_on, due_on, effective_due_on, provisional, on_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      ...[report.reportId, session.id, session.organisationId, session.cityCode, report.part],
      ...[counts.candidates, counts.passed, counts.failed, counts.absent, counts.violation],
      ...[report.remarks, actor().accountId, report.filedAt, report.filedOn],
      ...[report.dueOn, report.effectiveDueOn, report.provisional, report.onTime],
    ],
  );

/** What a first part carries: all that is released, passed and not void. */
export const insertRows = `
  insert into result_report_row (report_id, result_id, part, organisation_id, certificate_number)
  select $1, r.id, $2, r.organisation_id, given.number
  from result as r left join unnest($4::uuid[], $5::text[]) as given (result_id, number) on given.result_id = r.id
  where r.session_id = $3 and r.state = 'released' and r.outcome = 'passed'`;
