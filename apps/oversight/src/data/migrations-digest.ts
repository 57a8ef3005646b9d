import { sqlMigration } from '@shuzheng/platform';

/** Who is told of what is due, and what they were told. */
export const digestMigrations = [
  sqlMigration(
    1024,
    'TellWhatIsDue',
    `
    create table recipient (
      account_id      uuid   not null,
      organisation_id uuid   not null,
      reach           text   not null,
      city_code       text,
      permissions     text[] not null,
      primary key (account_id, organisation_id)
    );
    comment on table recipient is 'internal | accounts and what each may do for which organisation';
    create index recipient_of on recipient (organisation_id);

    -- Owned here: what has been told once is not told again, whatever is rebuilt.
    create table digest (
      id         uuid        primary key,
      account_id uuid        not null,
      day        date        not null,
      made_at    timestamptz not null,
      unique (account_id, day)
    );
    comment on table digest is 'internal | one message a day for each account that something is due for';
    create table digest_item (
      digest_id       uuid not null references digest,
      account_id      uuid not null,
      organisation_id uuid not null,
      clock_id        uuid not null,
      kind            text not null,
      subject_id      uuid not null,
      part            int,
      due_on          date not null,
      days_left       int  not null,
      moment          text not null check (moment in ('three-days-left', 'one-day-left', 'one-day-past')),
      -- Each account hears once of each moment of each due day.
      unique (account_id, clock_id, due_on, moment)
    );
    comment on table digest_item is 'internal | what each message lists';
    create index digest_item_of on digest_item (digest_id);
    alter table digest enable row level security;
    create policy own on digest using (app_reach() = 'system' or account_id = app_account());
    alter table digest_item enable row level security;
    create policy own on digest_item using (app_reach() = 'system' or account_id = app_account());

    insert into timer (kind, key, run_at) values ('daily-digest', 'digest', '2000-01-01');`,
  ),
];
