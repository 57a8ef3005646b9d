import { sqlMigration } from '@shuzheng/platform';

const subject = `
      occupation_code text not null,
      edition         text not null,
      level           text not null,
      direction       text not null`;

/** What is heard from enrollment and certification; rows are found again by those services' ids. */
export const keepCopies = sqlMigration(
  1001,
  'KeepCopies',
  `
    create table known_exam_plan (
      plan_id                    uuid primary key,
      version                    int  not null,
      training_organisation_id   uuid not null,
      evaluation_organisation_id uuid not null,
      training_plan_id           uuid not null,
      city_code                  text not null,
      ${subject},
      planned_seats              int  not null,
      exam_from                  date not null,
      exam_to                    date not null,
      site                       text not null,
      filed_version              int,
      filed_at                   timestamptz
    );
    comment on table known_exam_plan is 'internal | copy of the enrollment service: exam plans addressed to evaluation institutions';
    create index known_exam_plan_of on known_exam_plan (evaluation_organisation_id);
    alter table known_exam_plan enable row level security;
    create policy reach on known_exam_plan using (app_sees(evaluation_organisation_id, city_code));

    create table known_person (
      person_id     uuid primary key,
      document_kind text not null,
      name_sealed   text not null,
      number_sealed text not null,
      name_index    text not null,
      number_index  text not null
    );
    comment on table known_person is 'sealed | copy of the enrollment service: who may apply';
    comment on column known_person.name_sealed is 'sealed | shown to the institution the person applies to | 张*';
    comment on column known_person.number_sealed is 'sealed | travels with the certificate data | 370102********1234';
    comment on column known_person.name_index is 'sealed | equality of names | never shown';
    comment on column known_person.number_index is 'sealed | equality of numbers | never shown';
    alter table known_person enable row level security;
    create policy reach on known_person using (app_sees(null, null) or (app_reach() = 'self' and person_id = app_person()));

    create table known_completion (
      class_id                uuid    not null,
      person_id               uuid    not null,
      enrolment_id            uuid    not null unique,
      training_plan_id        uuid    not null,
      organisation_id         uuid    not null,
      city_code               text    not null,
      ${subject},
      completed_on            date    not null,
      passed                  boolean not null,
      hours                   numeric not null,
      training_certificate_id uuid,
      training_certificate    text,
      primary key (class_id, person_id)
    );
    comment on table known_completion is 'personal | copy of the enrollment service: who finished which class with how many hours';
    create index known_completion_of on known_completion (person_id);
    alter table known_completion enable row level security;

    create table known_decision (
      result_id       uuid   not null,
      part            int    not null,
      batch_id        uuid   not null,
      session_id      uuid   not null,
      organisation_id uuid   not null,
      decision        text   not null check (decision in ('confirmed', 'returned')),
      reasons         text[] not null,
      decided_on      date   not null,
      primary key (result_id, part)
    );
    comment on table known_decision is 'internal | copy of the certification service: what the department decided about a reported row';
    create index known_decision_of on known_decision (session_id);
    alter table known_decision enable row level security;
    create policy reach on known_decision using (app_sees(organisation_id, null));`,
);
