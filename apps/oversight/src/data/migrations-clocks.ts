import { sqlMigration } from '@shuzheng/platform';

/** What the office sets for a clock, and what of the holiday table stood when. */
export const clockMigrations = [
  sqlMigration(
    1020,
    'SettleClocks',
    `
    alter table clock drop column state;
    alter table clock
      add column n             int,
      add column statutory_due date,
      add column paused_on     date,
      add column returned_on   date,
      add column part_setting  text check (part_setting in ('restart', 'resume'));
    update clock set n = (rule->>'n')::int, statutory_due = effective_due;
    alter table clock
      alter column n set not null,
      alter column statutory_due set not null,
      add check (n >= 1),
      add check (paused_on is null or stopped_on is null),
      add check (part_setting is null or part > 1),
      add column state text generated always as (
        case when stopped_on is null and paused_on is null then 'running' when stopped_on is null then 'paused'
          when stopped_on <= effective_due then 'stopped-on-time' else 'stopped-late' end
      ) stored;
    create index clock_subject on clock (subject_id);

    -- Days on which something happened to what a clock waits for; kept by day, so that a rebuild tells the same.
    create table clock_event (
      clock_id uuid not null,
      day      date not null,
      what     text not null check (what in ('confirmed', 'returned', 'removed', 'reopened')),
      n        int  not null check (n >= 0),
      primary key (clock_id, day, what)
    );
    comment on table clock_event is 'internal | what happened to the subject of a clock, by the day';
    alter table clock_event enable row level security;
    create policy reach on clock_event using (exists (select from clock where clock.id = clock_event.clock_id));

    -- Owned here and made by people: a rebuild of the clocks leaves it alone and applies it again.
    create table clock_setting (
      id              uuid        primary key,
      clock_id        uuid        not null,
      kind            text        not null check (kind in ('pause', 'extension')),
      state           text        not null default 'requested' check (state in ('requested', 'approved', 'refused')),
      organisation_id uuid        not null,
      city_code       text        not null,
      pause_from      date        check ((pause_from is not null) = (kind = 'pause')),
      adds_days       boolean     check ((adds_days is not null) = (kind = 'pause')),
      resumed_on      date        check (resumed_on is null or (kind = 'pause' and state = 'approved' and resumed_on >= pause_from)),
      new_due         date        check ((new_due is not null) = (kind = 'extension')),
      reason          text        not null,
      document        text,
      version         int         not null default 1 check (version >= 1),
      requested_by    uuid        not null,
      requested_at    timestamptz not null,
      decided_by      uuid        check (decided_by <> requested_by),
      decided_at      timestamptz,
      decision_reason text,
      resumed_by      uuid,
      resumed_at      timestamptz,
      check ((state = 'requested') = (decided_by is null)),
      check ((decided_by is null) = (decided_at is null)),
      check ((resumed_on is null) = (resumed_at is null))
    );
    comment on table clock_setting is 'internal | pauses and extensions of clocks: settings of the office, not of a statute';
    create index clock_setting_of on clock_setting (clock_id);
    create unique index clock_setting_waiting on clock_setting (clock_id) where state = 'requested';
    create unique index clock_setting_pausing on clock_setting (clock_id)
      where kind = 'pause' and state = 'approved' and resumed_on is null;
    alter table clock_setting enable row level security;
    create policy reach on clock_setting using (app_sees(organisation_id, city_code));`,
  ),
  sqlMigration(
    1021,
    'KeepCalendarHistory',
    `
    create table calendar_version (
      year         int         not null,
      version      int         not null check (version >= 1),
      content      json        not null,
      published_at timestamptz,
      primary key (year, version)
    );
    comment on table calendar_version is 'public | every version that a year of the holiday table has had';
    insert into calendar_version (year, version, content) select year, version, content from calendar_year;`,
  ),
];
