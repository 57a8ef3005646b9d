import { sqlMigration } from '@shuzheng/platform';

/** Only the department, and the service itself, compares what belongs to many institutions. */
const departmentAlone = (table: string) => `
  alter table ${table} enable row level security;
  create policy reach on ${table} using (app_reach() in ('province', 'system'));`;

export const createSignalFacts = sqlMigration(
  1040,
  'CreateSignalFacts',
  `
  create table known_class (
    class_id        uuid primary key,
    organisation_id uuid not null,
    city_code       text not null,
    starts_on       date not null,
    ends_on         date not null,
    completed_on    date
  );
  comment on table known_class is 'internal | copy of the enrollment service: when and where a class is held';
  ${departmentAlone('known_class')}

  create table known_hours (
    class_id  uuid         not null,
    person_id uuid         not null,
    hours     numeric(6,1) not null,
    passed    boolean      not null,
    primary key (class_id, person_id)
  );
  comment on table known_hours is 'internal | copy of the enrollment service: who completed a class with how many hours';
  ${departmentAlone('known_hours')}

  create table known_attendance (
    lesson_id uuid not null,
    person_id uuid not null,
    class_id  uuid not null,
    city_code text not null,
    on_day    date not null,
    primary key (lesson_id, person_id)
  );
  comment on table known_attendance is 'internal | copy of the enrollment service: who was at which lesson in person';
  create index known_attendance_of on known_attendance (person_id, on_day);
  ${departmentAlone('known_attendance')}

  create table known_phone (
    enrolment_id uuid primary key,
    person_id    uuid not null,
    phone_index  text not null
  );
  comment on table known_phone is 'internal | copy of the enrollment service: which enrolments have a phone in common';
  comment on column known_phone.phone_index is 'sealed | tells whether two phones are the same | never shown';
  create index known_phone_of on known_phone (person_id);
  create index known_phone_shared on known_phone (phone_index);
  ${departmentAlone('known_phone')}

  create table known_session (
    session_id      uuid primary key,
    organisation_id uuid not null,
    city_code       text not null,
    theory_on       date not null,
    ability_on      date not null,
    cancelled_on    date
  );
  comment on table known_session is 'internal | copy of the assessment service: the days of a session';
  ${departmentAlone('known_session')}

  create table known_candidate (
    application_id uuid primary key,
    session_id     uuid not null,
    person_id      uuid not null
  );
  comment on table known_candidate is 'internal | copy of the assessment service: who may sit in which session';
  create index known_candidate_of on known_candidate (person_id);
  create index known_candidate_in on known_candidate (session_id);
  ${departmentAlone('known_candidate')}

  create table known_recording (
    result_id   uuid        primary key,
    recorded_at timestamptz not null
  );
  comment on table known_recording is 'internal | copy of the assessment service: when a result was recorded';
  ${departmentAlone('known_recording')}

  create table known_attachment (
    attachment_id   uuid primary key,
    account_id      uuid not null,
    organisation_id uuid not null,
    "from"          date not null,
    "to"            date
  );
  comment on table known_attachment is 'internal | copy of the identity service: who of the department is attached to an institution';
  create index known_attachment_of on known_attachment (organisation_id);
  ${departmentAlone('known_attachment')}

  create index batch_row_person on batch_row (person_id);
  create index batch_row_class on batch_row (class_id);`,
);
