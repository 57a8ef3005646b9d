import { sqlMigration } from '@shuzheng/platform';

/** The chain person by person, so that every number has its list; and what waits for whom. */
export const chainMigrations = [
  sqlMigration(
    1022,
    'ListChain',
    `
    -- Counts are made of persons from here on: two kinds of count would drift apart.
    alter table stage drop column filed, drop column completed, drop column entered, drop column passed, drop column failed,
      drop column absent, drop column violation, drop column confirmed, drop column returned, drop column issued, drop column revoked;
    alter table stage
      add column plan_city_code text,
      add column name           text,
      add column state          text not null default 'open',
      add column since          date,
      add column starts_on      date,
      add column ends_on        date,
      add column confirmed      int not null default 0 check (confirmed >= 0),
      add column sent           int not null default 0 check (sent >= 0),
      add column sent_on        date,
      add column replied        int not null default 0 check (replied >= 0);
    comment on table stage is 'internal | the classes, sessions and batches of a plan: where each stands';
    update stage set plan_city_code = coalesce((select plan.city_code from plan where plan.id = stage.plan_id), city_code);
    alter table stage alter column plan_city_code set not null;
    drop policy reach on stage;
    create policy reach on stage
      using (app_sees(organisation_id, city_code) or app_sees(training_organisation_id, plan_city_code));

    create table trainee (
      enrolment_id    uuid primary key,
      person_id       uuid not null,
      class_id        uuid not null,
      plan_id         uuid not null,
      organisation_id uuid not null,
      city_code       text not null,
      state           text not null default 'enrolled' check (state in ('enrolled', 'completed', 'withdrawn')),
      since           date
    );
    comment on table trainee is 'internal | who is in which class and how far; ids alone';
    create index trainee_of_class on trainee (class_id);
    create index trainee_of_plan on trainee (plan_id);
    create index trainee_person on trainee (person_id);
    alter table trainee enable row level security;
    create policy reach on trainee
      using (app_sees(organisation_id, city_code) or (app_reach() = 'self' and person_id = app_person()));

    create table candidate (
      application_id           uuid primary key,
      result_id                uuid unique,
      person_id                uuid not null,
      class_id                 uuid not null,
      session_id               uuid not null,
      plan_id                  uuid not null,
      organisation_id          uuid not null,
      training_organisation_id uuid not null,
      city_code                text not null,
      plan_city_code           text not null,
      outcome                  text check (outcome in ('passed', 'failed', 'absent', 'violation')),
      since                    date,
      reported_part            int,
      reported_on              date,
      voided_on                date
    );
    comment on table candidate is 'internal | who was qualified for which session, and with what outcome; ids alone';
    create index candidate_of_session on candidate (session_id);
    create index candidate_of_plan on candidate (plan_id);
    create index candidate_person on candidate (person_id, class_id);
    alter table candidate enable row level security;
    create policy reach on candidate
      using (app_sees(organisation_id, city_code) or app_sees(training_organisation_id, plan_city_code)
        or (app_reach() = 'self' and person_id = app_person()));

    create table data_row (
      result_id                uuid primary key,
      row_id                   uuid not null,
      person_id                uuid not null,
      batch_id                 uuid not null,
      part                     int  not null,
      organisation_id          uuid not null,
      training_organisation_id uuid not null,
      city_code                text not null,
      plan_city_code           text not null,
      decision                 text not null check (decision in ('confirmed', 'returned', 'nationally-returned')),
      since                    date not null,
      certificate_id           uuid unique,
      standing                 text check (standing in ('issued', 'suspended', 'revoked')),
      standing_since           date,
      check ((certificate_id is null) = (standing is null))
    );
    comment on table data_row is 'internal | what became of a reported result at the department and after; ids alone';
    create index data_row_row on data_row (row_id);
    create index data_row_batch on data_row (batch_id);
    alter table data_row enable row level security;
    create policy reach on data_row
      using (app_sees(organisation_id, city_code) or app_sees(training_organisation_id, plan_city_code)
        or (app_reach() = 'self' and person_id = app_person()));

    create table person_alias (
      merged_person_id uuid primary key,
      person_id        uuid not null
    );
    comment on table person_alias is 'internal | persons that were entered twice, and the one that stays';`,
  ),
  sqlMigration(
    1023,
    'WatchFilings',
    `
    alter table plan
      add column version             int  not null default 1,
      add column department_received date,
      add column city_received       date,
      add column returned_on         date,
      add column withdrawn_on        date;
    alter table exam_plan
      add column version             int  not null default 1,
      add column plan_city_code      text,
      add column exam_from           date,
      add column answered_version    int,
      add column consented           boolean,
      add column answered_on         date,
      add column filed_version       int,
      add column filed_at            timestamptz,
      add column department_received date,
      add column city_received       date,
      add column returned_on         date,
      add column withdrawn_on        date;`,
  ),
];
