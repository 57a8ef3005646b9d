import { actor, row, rows, sql } from '@shuzheng/platform';
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
  /** Released, with an objection against them. */
  readonly held: number;
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
       count(*) filter (where r.state = 'recorded')::int as unreleased,
       count(*) filter (where r.held and r.outcome = 'passed')::int as held
     from application as a left join result as r on r.application_id = a.id and r.state <> 'void'
     where a.session_id = $1 and a.state = 'qualified'`,
    [sessionId],
  );
  return counts ?? { candidates: 0, passed: 0, failed: 0, absent: 0, violation: 0, missing: 0, unreleased: 0, held: 0 };
}

/**
 * What the next part carries: whatever is released, passed and free of objections, and was never reported, or came back
 * and was put right.
 */
const reportable = `
  select r.id, r.application_id
  from result as r
  left join lateral (
    select part, certificate_number from result_report_row where result_id = r.id order by part desc limit 1
  ) as reported on true
  left join known_decision as decision on decision.result_id = r.id and decision.part = reported.part
  left join return_answer as answer on answer.result_id = r.id and answer.part = reported.part
  where r.session_id = $1 and r.state = 'released' and r.outcome = 'passed' and not r.held
    and (reported.part is null
      or (decision.decision in ('returned', 'nationally-returned') and answer.action = 'corrected'))`;

export interface NextPart {
  readonly part: number;
  readonly results: readonly { readonly id: string; readonly application_id: string }[];
}

/** The part that would be filed now, and what it would carry. */
export async function nextPart(tx: EntityManager, sessionId: string): Promise<NextPart> {
  const last = await row<{ part: number }>(
    tx,
    'select coalesce(max(part), 0) as part from result_report where session_id = $1',
    [sessionId],
  );
  const results = await rows<NextPart['results'][number]>(tx, reportable, [sessionId]);
  return { part: (last?.part ?? 0) + 1, results };
}

export interface GivenNumber {
  readonly resultId: string;
  readonly number: string;
}

/** Are the issuer's numbers for rows of this part, and each of them for one candidate? */
export async function numberFacts(
  tx: EntityManager,
  { organisationId }: Session,
  { results }: NextPart,
  given: readonly GivenNumber[],
) {
  const applicationOf = new Map(results.map(({ id, application_id }) => [id, application_id]));
  const numbers = given.map(({ number }) => number);
  const resultIds = new Set(given.map(({ resultId }) => resultId));
  const taken = await rows<{ number: string; applicationId: string }>(
    tx,
    `select number, application_id as "applicationId" from certificate_number
     where organisation_id = $1 and number = any($2::text[])`,
    [organisationId, numbers],
  );
  const ownerOf = new Map(taken.map(({ number, applicationId }) => [number, applicationId]));
  const isAnothers = ({ resultId, number }: GivenNumber) =>
    ownerOf.has(number) && ownerOf.get(number) !== applicationOf.get(resultId);
  return {
    numbersTaken: given.some(isAnothers) || new Set(numbers).size < numbers.length || resultIds.size < given.length,
    numbersUnknown: [...resultIds].some((id) => !applicationOf.has(id)),
  };
}

export interface NewReport {
  readonly reportId: string;
  readonly part: number;
  readonly session: Session;
  readonly counts: ReportCounts;
  readonly remarks: string | null;
  readonly filedAt: string;
  readonly filedOn: string;
  readonly dueOn: string | null;
  readonly effectiveDueOn: string | null;
  readonly provisional: boolean | null;
  readonly onTime: boolean | null;
}

export const insertReport = (tx: EntityManager, { session, counts, ...report }: NewReport) =>
  sql(
    tx,
    `insert into result_report (id, session_id, organisation_id, city_code, part, candidates, passed, failed, absent, violation,
       remarks, filed_by, filed_at, filed_on, due_on, effective_due_on, provisional, on_time, left_out)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      ...[report.reportId, session.id, session.organisationId, session.cityCode, report.part],
      ...[counts.candidates, counts.passed, counts.failed, counts.absent, counts.violation],
      ...[report.remarks, actor().accountId, report.filedAt, report.filedOn],
      ...[report.dueOn, report.effectiveDueOn, report.provisional, report.onTime, counts.held],
    ],
  );

/** A row that comes again keeps its number unless it is given another one. */
export async function insertRows(
  tx: EntityManager,
  { reportId, part, session }: NewReport,
  results: NextPart['results'],
  given: readonly GivenNumber[],
) {
  const lists = [given.map(({ resultId }) => resultId), given.map(({ number }) => number)];
  await sql(
    tx,
    `insert into certificate_number (organisation_id, number, application_id)
     select r.organisation_id, given.number, r.application_id
     from unnest($1::uuid[], $2::text[]) as given (result_id, number) join result as r on r.id = given.result_id
     on conflict (organisation_id, number) do nothing`,
    lists,
  );
  await sql(
    tx,
    `insert into result_report_row (report_id, result_id, part, organisation_id, certificate_number)
     select $1, r.id, $2, r.organisation_id, coalesce(given.number, earlier.certificate_number)
     from result as r
     left join unnest($4::uuid[], $5::text[]) as given (result_id, number) on given.result_id = r.id
     left join lateral (
       select certificate_number from result_report_row where result_id = r.id order by part desc limit 1
     ) as earlier on true
     where r.session_id = $3 and r.id = any($6::uuid[])`,
    [reportId, part, session.id, ...lists, results.map(({ id }) => id)],
  );
}
