import { sqlMigration } from '@shuzheng/platform';
import { doors } from './doors.js';
import { guarding } from './guarding.js';
import { widening } from './widening.js';

export const migrations = [
  sqlMigration(
    1000,
    'CreateAccounts',
    `
    -- Whoever runs the registry is no organisation of the programme: it is known here from the first migration on.
    create table operator (
      id              uuid        primary key,
      name            text        not null,
      city_code       text        not null,
      bootstrapped_at timestamptz
    );
    comment on table operator is 'internal | the body that runs the registry, and when its first administrator came';
    insert into operator (id, name, city_code) values ('00000000-0000-4000-8000-000000000001', '平台运维单位', '370000');
    create function operator_id() returns uuid language sql immutable as
      $$ select '00000000-0000-4000-8000-000000000001'::uuid $$;

    -- Institutions may announce the operator, too: what stands here goes before.
    create view organisation as
      select id, name, city_code, role from known_organisation where id <> operator_id()
      union all
      select id, name, city_code, 'operator' from operator;

    -- Whose accounts a caller manages: its own organisation's; the operator's administrators, everybody's.
    create function manages(organisation uuid) returns boolean language sql stable as $$
      select case
        when app_reach() = 'system' then true
        when app_reach() in ('organisation', 'city', 'province') then app_org() = operator_id() or organisation = app_org()
        else false
      end $$;

    create table account (
      id                  uuid        primary key,
      kind                text        not null check (kind in ('member', 'learner')),
      organisation_id     uuid,
      person_id           uuid,
      login_name          text        not null unique check (login_name ~ '^[a-z0-9][a-z0-9-]{2,39}$'),
      display_name_sealed text        not null,
      password_hash       text        not null,
      failures            int         not null default 0 check (failures >= 0),
      locked_until        timestamptz,
      created_at          timestamptz not null default clock_timestamp(),
      withdrawn_at        timestamptz,
      withdrawn_by        uuid,
      withdrawal_reason   text,
      check ((kind = 'learner') = (person_id is not null)),
      check ((kind = 'member') = (organisation_id is not null))
    );
    comment on table account is 'personal | who may sign in';
    comment on column account.display_name_sealed is 'sealed | how its holder is greeted | the surname alone';
    create unique index account_learner on account (person_id) where withdrawn_at is null;
    create index account_organisation on account (organisation_id);

    create table membership (
      id                uuid        primary key,
      account_id        uuid        not null references account,
      organisation_id   uuid        not null,
      roles             text[]      not null check (cardinality(roles) > 0),
      granted_at        timestamptz not null default clock_timestamp(),
      granted_by        uuid,
      withdrawn_at      timestamptz,
      withdrawn_by      uuid,
      withdrawal_reason text,
      constraint administrators_apart check (
        ('system-administrator' = any (roles))::int + ('security-administrator' = any (roles))::int
          + ('auditor' = any (roles))::int <= 1)
    );
    comment on table membership is 'internal | for which organisation an account may act, and in which roles';
    create unique index membership_live on membership (account_id, organisation_id) where withdrawn_at is null;
    create unique index membership_administrators_apart on membership (account_id)
      where withdrawn_at is null and roles && array['system-administrator', 'security-administrator', 'auditor'];
    create index membership_organisation on membership (organisation_id) where withdrawn_at is null;

    create table session (
      id              uuid        primary key,
      account_id      uuid        not null references account,
      organisation_id uuid,
      refresh_digest  text        not null unique,
      opened_at       timestamptz not null default clock_timestamp(),
      expires_at      timestamptz not null,
      ended_at        timestamptz,
      ended_because   text check (ended_because in ('signed-out', 'withdrawn', 'reused', 'password-changed')),
      check ((ended_at is null) = (ended_because is null))
    );
    comment on table session is 'internal | who is signed in; refresh tokens only as digests';
    create index session_account on session (account_id);

    create table spent_refresh (
      digest     text        primary key,
      session_id uuid        not null references session on delete cascade,
      account_id uuid        not null,
      organisation_id uuid,
      spent_at   timestamptz not null default clock_timestamp()
    );
    comment on table spent_refresh is 'internal | refresh tokens that were exchanged: whoever shows one again is not its owner';
    create index spent_refresh_session on spent_refresh (session_id);

    alter table account enable row level security;
    create policy reach on account
      using (id = app_account() or manages(organisation_id)
        or exists (select 1 from membership where membership.account_id = account.id))
      with check (id = app_account() or manages(organisation_id));
    alter table membership enable row level security;
    create policy reach on membership
      using (account_id = app_account() or manages(organisation_id)) with check (manages(organisation_id));
    alter table session enable row level security;
    create policy reach on session using (account_id = app_account() or manages(organisation_id));
    alter table spent_refresh enable row level security;
    create policy reach on spent_refresh using (account_id = app_account() or manages(organisation_id));`,
  ),
  sqlMigration(
    1001,
    'CreateClients',
    `
    create table client (
      id              uuid        primary key,
      organisation_id uuid        not null,
      name            text        not null,
      permissions     text[]      not null check (cardinality(permissions) > 0),
      secret_number   int         not null default 0,
      secret_digest   text,
      created_at      timestamptz not null default clock_timestamp(),
      created_by      uuid,
      withdrawn_at    timestamptz,
      withdrawn_by    uuid,
      withdrawal_reason text
    );
    comment on table client is 'internal | programs that call the interface for an organisation; secrets only as digests';
    alter table client enable row level security;
    create policy reach on client using (manages(organisation_id));`,
  ),
  sqlMigration(
    1002,
    'KeepActivations',
    `
    create table activation (
      enrolment_id      uuid primary key,
      organisation_id   uuid not null,
      person_id         uuid not null,
      number_index      text not null,
      name_index        text not null,
      activation_digest text not null,
      used_at           timestamptz,
      account_id        uuid references account,
      check ((used_at is null) = (account_id is null))
    );
    comment on table activation is 'personal | learners who may register, as enrollment announced them';
    comment on column activation.number_index is 'sealed | finds the enrolment by the document number | never shown';
    comment on column activation.name_index is 'sealed | compares the name | never shown';
    create index activation_lookup on activation (number_index, activation_digest);
    alter table activation enable row level security;
    create policy reach on activation using (app_reach() = 'system');

    create table activation_try (
      number_index text        primary key,
      tries        int         not null,
      since        timestamptz not null
    );
    comment on table activation_try is 'internal | how often somebody tried to register with one document number within the hour';
    comment on column activation_try.number_index is 'sealed | counts tries for one document number | never shown';
    create index activation_try_age on activation_try (since);`,
  ),
  sqlMigration(1003, 'OpenDoors', doors),
  ...widening,
  ...guarding,
];
