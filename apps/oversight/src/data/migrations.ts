import { sqlMigration } from '@shuzheng/platform';
import { chainMigrations } from './migrations-chain.js';
import { clockMigrations } from './migrations-clocks.js';
import { digestMigrations } from './migrations-digest.js';
import { toldMigrations } from './migrations-told.js';

export const migrations = [
  sqlMigration(
    1000,
    'CreateCalendar',
    `
    create table calendar_year (
      year           int  primary key check (year between 2000 and 2200),
      version        int  not null check (version >= 1),
      covers_through date not null check (extract(year from covers_through) = year),
      content        json not null
    );
    comment on table calendar_year is 'public | the holiday table: one row for each year a notice was read for';

    insert into timer (kind, key, run_at) values ('seed-calendar', 'seed-calendar', '2000-01-01');`,
  ),
  sqlMigration(
    1001,
    'CreateClocks',
    `
    create table clock (
      id              uuid    primary key,
      kind            text    not null check (kind in ('training-report', 'result-report', 'confirmation', 'issue')),
      subject_id      uuid    not null,
      part            int     check ((part is not null) = (kind = 'confirmation')),
      approved_on     date    check ((approved_on is not null) = (kind = 'issue')),
      organisation_id uuid    not null,
      city_code       text    not null,
      day0            date    not null,
      rule            json    not null,
      raw_due         date    not null check (raw_due > day0),
      effective_due   date    not null check (effective_due >= raw_due),
      provisional     boolean not null,
      stopped_on      date,
      state           text    generated always as (
        case when stopped_on is null then 'running' when stopped_on <= effective_due then 'stopped-on-time' else 'stopped-late' end
      ) stored,
      -- One clock for each class, session, part of a batch, and approval of a batch.
      unique nulls not distinct (kind, subject_id, part, approved_on)
    );
    comment on table clock is 'internal | the statutory time limits that run or ran, each with the rule it was judged by';
    create index clock_open on clock (effective_due, id) where stopped_on is null;
    create index clock_of on clock (organisation_id, effective_due);

    alter table clock enable row level security;
    create policy reach on clock using (app_sees(organisation_id, city_code));`,
  ),
  sqlMigration(
    1002,
    'CreateChain',
    `
    create table plan (
      id              uuid        primary key,
      organisation_id uuid        not null,
      city_code       text        not null,
      occupation_code text        not null,
      level           text        not null,
      planned_seats   int         not null,
      filed_at        timestamptz not null
    );
    comment on table plan is 'internal | training plans on file: where every chain begins';

    create table exam_plan (
      id                         uuid primary key,
      plan_id                    uuid not null,
      organisation_id            uuid not null,
      evaluation_organisation_id uuid not null,
      city_code                  text not null
    );
    comment on table exam_plan is 'internal | which training plan an exam plan belongs to';

    -- Only counted, never judged: a difference is shown as a gap, and must not hold up a clock.
    create table stage (
      id                       uuid primary key,
      kind                     text not null check (kind in ('class', 'session', 'batch')),
      plan_id                  uuid not null,
      organisation_id          uuid not null,
      training_organisation_id uuid not null,
      city_code                text not null,
      filed     int not null default 0 check (filed >= 0),
      completed int not null default 0 check (completed >= 0),
      entered   int not null default 0 check (entered >= 0),
      passed    int not null default 0 check (passed >= 0),
      failed    int not null default 0 check (failed >= 0),
      absent    int not null default 0 check (absent >= 0),
      violation int not null default 0 check (violation >= 0),
      confirmed int not null default 0 check (confirmed >= 0),
      returned  int not null default 0 check (returned >= 0),
      issued    int not null default 0 check (issued >= 0),
      revoked   int not null default 0 check (revoked >= 0)
    );
    comment on table stage is 'internal | how many persons each class, session and batch of a plan has brought how far';
    create index stage_of_plan on stage (plan_id);

    alter table plan enable row level security;
    create policy reach on plan using (app_sees(organisation_id, city_code));
    alter table exam_plan enable row level security;
    create policy reach on exam_plan
      using (app_sees(organisation_id, city_code) or app_sees(evaluation_organisation_id, null::text));
    alter table stage enable row level security;
    create policy reach on stage
      using (app_sees(organisation_id, city_code) or app_sees(training_organisation_id, null::text));`,
  ),
  ...clockMigrations,
  ...chainMigrations,
  ...digestMigrations,
  sqlMigration(1100, 'GiveUpRows', 'alter table data_row add column given_up_on date'),
  ...toldMigrations,
];
