/** What the checks of the fault suites must find: each is done to a registry in which nothing is wrong, and taken back. */
export const breaches: readonly (readonly [what: string, done: string, found: RegExp])[] = [
  [
    'a number of the series that is nowhere',
    'delete from certification.ledger where serial = 2',
    /I3 numbers .*: 1, .*missing/,
  ],
  [
    'a number that is given and not issued',
    `update certification.ledger set state = 'allocated', used_at = null where serial = 3`,
    /I3 numbers .*: 1, .*allocated/,
  ],
  [
    'a number that its certificate does not carry',
    `update certification.certificate set registry_number = '37-2026-0099999' where id = (
       select id from certification.ledger where serial = 4)`,
    /I3 numbers .*: 1, .*used/,
  ],
  [
    'a counter that is behind its numbers',
    'update certification.series set last_serial = last_serial - 1',
    /I3 numbers .*: 1, /,
  ],
  [
    'a number that was given before a smaller one',
    `update certification.ledger set allocated_at = allocated_at - interval '1 day' where serial = 5`,
    /I3 numbers that are smaller/,
  ],
  [
    'a certificate of a result that was not released',
    `update assessment.result set released_at = null where id = (
       select result_id from certification.certificate order by registry_number limit 1)`,
    /I4 .*"results":"0"/,
  ],
  [
    'a certificate of a row that nobody confirmed',
    `delete from certification.decision where row_id = (
       select row_id from certification.certificate order by registry_number limit 1)`,
    /I4 .*"confirmations":"0"/,
  ],
  [
    'a certificate that one person proposed and confirmed',
    `alter table certification.decision drop constraint decision_check;
     update certification.decision set decided_by = proposed_by where row_id = (
       select row_id from certification.certificate order by registry_number limit 1)`,
    /I4 .*"approvers":"0"/,
  ],
  [
    'a certificate of somebody who left the class',
    `delete from enrollment.enrolment using certification.batch_row as row
     where row.class_id = enrolment.class_id and row.person_id = enrolment.person_id and row.state = 'issued'`,
    /I4 .*"enrolments":"0"/,
  ],
  [
    'an examiner whom the directory did not allow it',
    `update institutions.directory_entry set levels = 'senior' where role = 'evaluation'`,
    /I4 .*: 23, .*"exams":"0"/,
  ],
  [
    'an examiner who was suspended on the day',
    `insert into institutions.organisation_standing
     select organisation_id, 99, 'suspended', '2000-01-01', 'x', null, now(), null
     from institutions.directory_entry where role = 'evaluation'`,
    /I4 .*: 23, .*"exams":"0"/,
  ],
  [
    'a training institution whose entry had ended',
    `update institutions.directory_entry set valid_from = '2000-01-01', valid_to = '2000-01-02' where role = 'training'`,
    /I4 .*: 23, .*"trainings":"0"/,
  ],
  [
    'a timer that fired twice',
    `insert into oversight.audit select chain, -sequence, at, recorded_at, operation, account_id, organisation_id,
       correlation_id, subject, detail, previous, hash from oversight.audit where operation = 'timer:daily-digest' limit 1`,
    /I14 timers that did not fire .*"times":"2"/,
  ],
  [
    'a timer that is done and never fired',
    `delete from certification.audit where operation like 'timer:%'`,
    /I14 timers that did not fire .*"times":"0"/,
  ],
  [
    'a timer that fired before its time',
    `update oversight.timer set run_at = 'infinity' where done_at is not null`,
    /I14 timers that fired early/,
  ],
  [
    'a reminder of what is due in ten days',
    `with told as (
       insert into oversight.digest select gen_random_uuid(), gen_random_uuid(), '2026-03-01', now() returning id, account_id
     )
     insert into oversight.digest_item
     select id, account_id, id, id, 'issue', id, null, '2026-03-11', 10, 'three-days-left' from told`,
    /I14 reminders that were told too early/,
  ],
];
