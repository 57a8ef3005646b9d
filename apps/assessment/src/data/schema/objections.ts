import { sqlMigration } from '@shuzheng/platform';

/** What is said against results, what the city saw, and the files that prove it. */
export const keepObjections = sqlMigration(
  1024,
  'KeepObjections',
  `
    create table objection (
      id              uuid        primary key,
      result_id       uuid        not null references result,
      session_id      uuid        not null references session,
      organisation_id uuid        not null,
      city_code       text        not null,
      person_id       uuid        not null,
      kind            text        not null,
      reason          text        not null,
      raised_by       uuid        not null,
      raised_at       timestamptz not null,
      due_on          date,
      state           text        not null check (state in ('open', 'upheld', 'rejected')),
      answer          text        check (state = 'open' or answer is not null),
      decided_by      uuid,
      decided_at      timestamptz,
      check ((state = 'open') = (decided_at is null))
    );
    comment on table objection is 'personal | what a candidate says against a result, and how it was decided';
    -- One objection is decided before the next is raised.
    create unique index objection_one_open on objection (result_id) where state = 'open';
    create index objection_of on objection (session_id);
    create index objection_of_person on objection (person_id);
    alter table objection enable row level security;
    create policy reach on objection using (
      app_sees(organisation_id, city_code) or (app_reach() = 'self' and person_id = app_person()));

    create table patrol (
      id              uuid        primary key,
      session_id      uuid        not null references session,
      organisation_id uuid        not null,
      city_code       text        not null,
      patrolled_by    uuid        not null,
      patrolled_on    date        not null,
      findings        text[]      not null,
      note            text,
      recorded_by     uuid        not null,
      recorded_at     timestamptz not null
    );
    comment on table patrol is 'internal | 巡考: what the city saw at an exam';
    create index patrol_of on patrol (session_id);
    alter table patrol enable row level security;
    create policy reach on patrol using (app_sees(organisation_id, city_code));

    create table evidence (
      id              uuid        primary key,
      subject         text        not null check (subject in ('result', 'patrol')),
      subject_id      uuid        not null,
      session_id      uuid        not null references session,
      organisation_id uuid        not null,
      city_code       text        not null,
      sha256          text        not null,
      media_type      text        not null,
      bytes           int         not null,
      kept_by         uuid        not null,
      kept_at         timestamptz not null,
      unique (subject_id, sha256)
    );
    comment on table evidence is 'internal | which files prove a violation or a finding; their content lies sealed in the file store';
    alter table evidence enable row level security;
    create policy reach on evidence using (app_sees(organisation_id, city_code));`,
);
