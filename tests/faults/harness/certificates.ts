import { expectNone } from './fault.js';

/** SQL over all schemas, past every policy. */
export type Query = <Row extends Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** I3, I4: how a registry's numbers and certificates must be whenever it is quiet. */
export async function certificates(query: Query) {
  expectNone('I3 numbers of a series that are neither a certificate nor listed as void', await query(unaccounted));
  expectNone('I3 registry numbers that were given twice', await query(twice));
  expectNone('I3 numbers that are smaller than one that was given before', await query(inverted));
  expectNone('I4 certificates that do not follow from what they must', await query(untraced));
}

// The ledger against the counter of its series, and each entry against the certificate that carries its number.
const unaccounted = `
  select series.code, given.serial, coalesce(ledger.state, 'missing') as state
  from certification.series
  cross join lateral generate_series(1, greatest(last_serial,
    (select max(serial) from certification.ledger where ledger.series = series.code))) as given (serial)
  left join certification.ledger on ledger.series = series.code and ledger.serial = given.serial
  left join certification.certificate as found on found.registry_number = ledger.registry_number and found.id = ledger.id
  where given.serial > last_serial or not coalesce(case ledger.state
    when 'used' then found.id is not null
    when 'void' then found.id is null and ledger.void_reason is not null
  end, false)`;

const twice = `
  select registry_number from certification.certificate group by registry_number having count(*) > 1`;

const inverted = `
  select registry_number from (
    select registry_number, allocated_at, lag(allocated_at) over (partition by series order by serial) as before
    from certification.ledger
  ) as given where allocated_at < before`;

/** Whether the ministry's directory let an organisation do that on that day, and nobody had stopped it. */
const authorized = (organisation: string, role: string, exam: string, day: string) => `(
  exists (
    select from institutions.directory_entry as entry
    where entry.organisation_id = ${organisation} and entry.role = '${role}'
      and entry.occupation_code = ${exam}.occupation_code
      and (entry.direction is null or entry.direction = ${exam}.direction)
      and (entry.levels is null or ${exam}.level = any (string_to_array(entry.levels, ',')))
      and ${day} >= entry.valid_from and ${day} <= coalesce(entry.valid_to, 'infinity')
      and not exists (
        select from institutions.directory_suspension as stopped
        where stopped.entry_id = entry.id and ${day} >= stopped.suspended_from
          and ${day} < coalesce(stopped.resumed_from, 'infinity'))
  ) and coalesce((
    select status from institutions.organisation_standing as standing
    where standing.organisation_id = ${organisation} and standing.valid_from <= ${day} order by sequence desc limit 1
  ), 'active') = 'active')`;

// Each service's own rows, joined past every border: what one says of a certificate, the others must know.
const untraced = `
  select registry_number, results, confirmations, approvers, enrolments, trainings, exams
  from certification.certificate
  cross join lateral (
    select
      count(distinct result.id) as results,
      count(distinct decision.row_id) filter (where decision.decision = 'confirmed') as confirmations,
      count(distinct decision.row_id) filter (
        where decision.proposed_by = proposal.proposed_by and decision.decided_by <> proposal.proposed_by) as approvers,
      count(distinct enrolment.id) as enrolments,
      count(distinct class.id) filter (
        where ${authorized('class.organisation_id', 'training', 'class', 'class.starts_on')}) as trainings,
      count(distinct session.id) filter (where session.organisation_id = certificate.organisation_id
        and ${authorized('session.organisation_id', 'evaluation', 'session', 'session.theory_on')}
        and ${authorized('session.organisation_id', 'evaluation', 'session', 'session.ability_on')}) as exams
    from certification.batch_row as row
    left join certification.decision on decision.row_id = row.id
    left join certification.proposal on proposal.row_id = row.id and proposal.revision = row.proposal_revision
    left join assessment.result on result.id = row.result_id and result.outcome = 'passed' and result.released_at is not null
    left join assessment.application on application.id = result.application_id and application.id = row.application_id
    left join assessment.session on session.id = result.session_id
    left join enrollment.enrolment on enrolment.class_id = application.class_id
      and enrolment.person_id = application.person_id and enrolment.state = 'completed' and enrolment.passed
    left join enrollment.training_class as class on class.id = enrolment.class_id
    where row.id = certificate.row_id and row.result_id = certificate.result_id
  ) as traced
  where (results, confirmations, approvers, enrolments, trainings, exams) <> (1, 1, 1, 1, 1, 1)`;
