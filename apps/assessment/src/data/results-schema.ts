import { sqlMigration } from '@shuzheng/platform';

const marks = `
      theory          numeric(4, 1),
      ability         numeric(4, 1),
      absent          boolean       not null,
      violation       boolean       not null,
      outcome         text          not null check (outcome in ('passed', 'failed', 'absent', 'violation')),
      rule_id         uuid          not null,
      recorded_by     uuid          not null,
      recorded_at     timestamptz   not null`;

export const keepResults = sqlMigration(
  1005,
  'KeepResults',
  `
    create table result (
      id              uuid          primary key,
      application_id  uuid          not null references application,
      session_id      uuid          not null references session,
      organisation_id uuid          not null,
      city_code       text          not null,
      person_id       uuid          not null,
      version         int           not null,
      ${marks},
      state           text          not null check (state in ('recorded', 'released', 'void')),
      released_by     uuid,
      released_at     timestamptz,
      void_reason     text          check (state <> 'void' or void_reason is not null),
      voided_by       uuid,
      voided_at       timestamptz,
      check (outcome <> 'passed' or (theory is not null and ability is not null))
    );
    comment on table result is 'personal | how a candidate did; only a recorded result is replaced, a released one is voided';
    -- One result stands for each application, however often it is handed in.
    create unique index result_one_live on result (application_id) where state <> 'void';
    create index result_of on result (session_id);
    create index result_of_person on result (person_id);
    alter table result enable row level security;
    create policy reach on result using (
      app_sees(organisation_id, city_code)
      or (app_reach() = 'self' and person_id = app_person() and state <> 'recorded'));

    create table result_version (
      result_id       uuid          not null references result,
      version         int           not null,
      organisation_id uuid          not null,
      city_code       text          not null,
      ${marks},
      file_sha256     text,
      primary key (result_id, version)
    );
    comment on table result_version is 'personal | every version of a result, with whoever recorded it';
    alter table result_version enable row level security;
    create policy reach on result_version using (app_sees(organisation_id, city_code));`,
);

export const keepReports = sqlMigration(
  1006,
  'KeepReports',
  `
    create table result_report (
      id               uuid        primary key,
      session_id       uuid        not null references session,
      organisation_id  uuid        not null,
      city_code        text        not null,
      part             int         not null check (part > 0),
      candidates       int         not null,
      passed           int         not null,
      failed           int         not null,
      absent           int         not null,
      violation        int         not null,
      remarks          text,
      filed_by         uuid        not null,
      filed_at         timestamptz not null,
      filed_on         date        not null,
      due_on           date        not null,
      effective_due_on date        not null,
      provisional      boolean     not null,
      on_time          boolean     not null,
      unique (session_id, part)
    );
    comment on table result_report is 'internal | 证书数据和考核有关情况 as they were filed, and whether in time';
    alter table result_report enable row level security;
    create policy reach on result_report using (app_sees(organisation_id, city_code));

    create table result_report_row (
      report_id          uuid not null references result_report,
      result_id          uuid not null references result,
      part               int  not null,
      organisation_id    uuid not null,
      certificate_number text,
      primary key (report_id, result_id),
      unique (result_id, part)
    );
    comment on table result_report_row is 'internal | which results a report carries, with the issuer''s certificate number where it is known';
    create unique index result_report_row_number on result_report_row (organisation_id, certificate_number);
    alter table result_report_row enable row level security;
    create policy reach on result_report_row using (app_sees(organisation_id, null));`,
);
