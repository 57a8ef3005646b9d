import { sqlMigration } from '@shuzheng/platform';

export const keepSessions = sqlMigration(
  1003,
  'KeepSessions',
  `
    create table exam_plan_answer (
      plan_id         uuid        not null,
      version         int         not null,
      organisation_id uuid        not null,
      consented       boolean     not null,
      reason          text        check (consented or reason is not null),
      entries         uuid[]      not null,
      answered_by     uuid        not null,
      answered_at     timestamptz not null,
      primary key (plan_id, version)
    );
    comment on table exam_plan_answer is 'internal | whether the evaluation institution agrees to a version of an exam plan, and the directory entries it was judged by';
    alter table exam_plan_answer enable row level security;
    create policy reach on exam_plan_answer using (app_sees(organisation_id, null));

    create table session_serial (
      year int primary key,
      last int not null
    );
    comment on table session_serial is 'internal | the last number given to a session of the year: taken in the session''s own transaction, so none is skipped';

    create table session (
      id              uuid        primary key,
      serial          text        not null unique,
      plan_id         uuid        not null,
      training_plan_id uuid       not null,
      organisation_id uuid        not null,
      city_code       text        not null,
      occupation_code text        not null,
      edition         text        not null,
      level           text        not null,
      direction       text        not null,
      theory_on       date        not null,
      ability_on      date        not null,
      site            text        not null,
      seats           int         not null check (seats > 0),
      taken           int         not null default 0 check (taken between 0 and seats),
      last_admission  int         not null default 0,
      entries         uuid[]      not null,
      state           text        not null check (state in ('open', 'sat', 'marked', 'released', 'reported')),
      opened_at       timestamptz not null,
      sat_at          timestamptz
    );
    comment on table session is 'internal | a sitting of the exam; seats are counted here, so that no two applicants share the last one';
    create index session_of on session (organisation_id, opened_at);
    alter table session enable row level security;
    -- Days and place of an exam are no secret for learners; who sits in it is.
    create policy reach on session using (app_sees(organisation_id, city_code) or app_reach() = 'self');`,
);

export const keepApplications = sqlMigration(
  1004,
  'KeepApplications',
  `
    create table application (
      id                 uuid        primary key,
      session_id         uuid        not null references session,
      organisation_id    uuid        not null,
      city_code          text        not null,
      person_id          uuid        not null,
      class_id           uuid        not null,
      condition          int         not null,
      rule_id            uuid        not null,
      commitment_version text        not null references commitment,
      commitment_sha256  text        not null,
      applied_by         uuid        not null,
      applied_at         timestamptz not null,
      document_kind      text        not null,
      name_sealed        text        not null,
      number_sealed      text        not null,
      name_index         text        not null,
      number_index       text        not null,
      state              text        not null check (state in ('submitted', 'qualified', 'refused', 'withdrawn')),
      reason             text        check (state <> 'refused' or reason is not null),
      admission_number   text        unique check (state <> 'qualified' or admission_number is not null),
      decided_by         uuid,
      decided_at         timestamptz,
      withdrawn_at       timestamptz
    );
    comment on table application is 'sealed | who applied with which commitment, as they stood on that day';
    comment on column application.name_sealed is 'sealed | compared with the name beside a result, and reported | 张*';
    comment on column application.number_sealed is 'sealed | reported with the certificate data | 370102********1234';
    comment on column application.name_index is 'sealed | equality of names | never shown';
    comment on column application.number_index is 'sealed | equality of numbers | never shown';
    -- The rule 'already-applied' tells the learner; this index makes it impossible.
    create unique index application_one_live on application (session_id, person_id) where state in ('submitted', 'qualified');
    create index application_of_person on application (person_id);
    create index application_by_number on application (number_index);
    alter table application enable row level security;
    create policy reach on application using (
      app_sees(organisation_id, city_code) or (app_reach() = 'self' and person_id = app_person()));

    -- An institution sees the training of those who apply to it, and of nobody else.
    create policy reach on known_completion using (
      app_sees(null, city_code)
      or (app_reach() = 'self' and person_id = app_person())
      or (app_reach() = 'organisation' and exists (
        select from application as a
        where a.person_id = known_completion.person_id and a.class_id = known_completion.class_id
          and a.organisation_id = app_org())));`,
);
