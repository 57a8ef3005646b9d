import { sqlMigration } from '@shuzheng/platform';

/** A session may wait to be opened, change its days and be cancelled; applications and results say how they ended. */
export const widenSessions = sqlMigration(
  1020,
  'WidenSessions',
  `
    alter table session drop constraint session_state_check;
    alter table session add constraint session_state_check
      check (state in ('planned', 'open', 'sat', 'marked', 'released', 'reported', 'cancelled'));
    alter table session
      add column version int not null default 1,
      add column site_id uuid,
      add column opens_on date,
      add column cancel_reason text,
      add column cancelled_at timestamptz,
      add constraint session_cancelled check (state <> 'cancelled' or cancel_reason is not null);
    create index session_at on session (site_id) where site_id is not null;

    alter table application
      add column reason_code text,
      add column end_reason text check (end_reason in ('own-wish', 'enrolment-withdrawn', 'session-cancelled', 'persons-merged')),
      add column person_version int not null default 1;
    update application set end_reason = 'own-wish' where state = 'withdrawn';

    -- Whoever applied under another name stays findable: what an application said first is kept.
    create table application_identity (
      application_id  uuid        not null references application,
      person_version  int         not null,
      organisation_id uuid        not null,
      city_code       text        not null,
      document_kind   text        not null,
      name_sealed     text        not null,
      number_sealed   text        not null,
      replaced_at     timestamptz not null,
      primary key (application_id, person_version)
    );
    comment on table application_identity is 'sealed | the name and number an application stood under before its person was amended';
    comment on column application_identity.name_sealed is 'sealed | history of the commitment | 张*';
    comment on column application_identity.number_sealed is 'sealed | history of the commitment | 370102********1234';
    alter table application_identity enable row level security;
    create policy reach on application_identity using (app_sees(organisation_id, city_code));

    alter table result
      add column void_code text,
      add column rechecked_by uuid,
      add column rechecked_at timestamptz,
      add column held boolean not null default false,
      add column stands text[] not null default '{}';
    comment on column result.stands is 'papers whose mark stands from an earlier attempt';
    alter table result_version add column stands text[] not null default '{}';
    alter table result add constraint result_rechecked check ((rechecked_by is null) = (rechecked_at is null));`,
);

/** More copies: withdrawals, merges, sites and due days. */
export const widenCopies = sqlMigration(
  1021,
  'WidenCopies',
  `
    alter table known_exam_plan add column withdrawn_on date;

    alter table known_decision drop constraint known_decision_decision_check;
    alter table known_decision add constraint known_decision_decision_check
      check (decision in ('confirmed', 'returned', 'nationally-returned'));

    create table known_withdrawal (
      enrolment_id uuid primary key,
      class_id     uuid not null,
      person_id    uuid not null,
      reason       text not null,
      withdrawn_on date not null
    );
    comment on table known_withdrawal is 'personal | copy of the enrollment service: who left which class';
    create index known_withdrawal_of on known_withdrawal (class_id, person_id);
    alter table known_withdrawal enable row level security;
    create policy reach on known_withdrawal using (
      app_sees(null, null)
      or (app_reach() = 'self' and person_id = app_person())
      or exists (select from application as a
        where a.class_id = known_withdrawal.class_id and a.person_id = known_withdrawal.person_id));

    create table known_alias (
      merged_person_id uuid primary key,
      person_id        uuid not null
    );
    comment on table known_alias is 'internal | copy of the enrollment service: entries that turned out to be one person';
    alter table known_alias enable row level security;
    create policy reach on known_alias using (app_sees(null, null));

    create table known_exam_site (
      site_id         uuid primary key,
      organisation_id uuid not null,
      city_code       text not null,
      name            text not null,
      address         text not null,
      seats           int  not null,
      valid_from      date not null,
      valid_to        date
    );
    comment on table known_exam_site is 'public | copy of the institutions service: where exams are held';

    create table known_extension (
      session_id       uuid primary key,
      organisation_id  uuid not null,
      effective_due_on date not null
    );
    comment on table known_extension is 'internal | copy of the oversight service: another due day for a session''s result report';
    alter table known_extension enable row level security;
    create policy reach on known_extension using (
      app_sees(organisation_id, null) or exists (select from session as s where s.id = session_id));`,
);
