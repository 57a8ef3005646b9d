import { sqlMigration } from '@shuzheng/platform';
import { accountDoors, activationDoors, clientDoors, signInDoor } from './more-doors.js';

/** What a whole identity needs beyond accounts, sessions and clients. */
export const widening = [
  sqlMigration(
    1020,
    'SeparateAdministrators',
    `
    -- Which of the three administrators an account is, it stays: over time and over organisations.
    create table administrator (
      account_id uuid primary key references account,
      role       text not null check (role in ('system-administrator', 'security-administrator', 'auditor')),
      unique (account_id, role)
    );
    comment on table administrator is 'internal | which one of the three administrators an account is, for good';
    insert into administrator
      select distinct on (account_id) account_id, held from membership cross join unnest(roles) as held
      where held in ('system-administrator', 'security-administrator', 'auditor')
      order by account_id, granted_at;
    alter table administrator enable row level security;
    create policy reach on administrator using (app_reach() = 'system');

    alter table membership add column version int not null default 1;
    alter table membership add column administrator_role text generated always as (
      case
        when 'system-administrator' = any (roles) then 'system-administrator'
        when 'security-administrator' = any (roles) then 'security-administrator'
        when 'auditor' = any (roles) then 'auditor'
      end) stored;
    alter table membership add constraint administrator_for_good
      foreign key (account_id, administrator_role) references administrator (account_id, role);

    create function remember_administrator() returns trigger
    language plpgsql security definer set search_path = identity, pg_temp as $$
    begin
      insert into administrator (account_id, role)
        select new.account_id, held from unnest(new.roles) as held
        where held in ('system-administrator', 'security-administrator', 'auditor')
        on conflict do nothing;
      return new;
    end $$;
    create trigger remember_administrator before insert or update of roles on membership
      for each row execute function remember_administrator();

    create function administrator_of(who uuid) returns text
    language sql security definer set search_path = identity, pg_temp as $$
      select role from administrator where account_id = who $$;

    -- Whose sign-ins and second factors a caller looks after: its own, its present members', everybody's for the operator.
    create function looks_after(who uuid) returns boolean language sql stable as $$
      select coalesce(who = app_account(), false) or coalesce(manages(null), false)
        or exists (select 1 from membership where account_id = who and withdrawn_at is null and manages(organisation_id)) $$;

    create policy charge on account for update using (looks_after(id)) with check (looks_after(id));

    create function member_elsewhere(who uuid, here uuid) returns boolean
    language sql security definer set search_path = identity, pg_temp as $$
      select exists (
        select 1 from membership where account_id = who and organisation_id <> here and withdrawn_at is null) $$;

    create table setting (
      id         uuid        primary key,
      name       text        not null,
      value      int         not null check (value >= 0),
      valid_from date        not null,
      document   text        not null,
      created_at timestamptz not null default clock_timestamp(),
      created_by uuid
    );
    comment on table setting is 'internal | what the office decides about accounts, each with the day it begins';
    create index setting_latest on setting (name, valid_from desc, created_at desc);
    insert into setting (id, name, value, valid_from, document)
      select gen_random_uuid(), name, value, '2026-01-01', '平台初始值，待省厅设定'
      from (values ('invitation-days', 7), ('permission-request-days', 5), ('sign-in-history-days', 180),
        ('second-factor-required', 0)) as initial (name, value);`,
  ),
  sqlMigration(
    1021,
    'KeepSignIns',
    `
    alter table session drop constraint session_ended_because_check;
    alter table session add constraint session_ended_because_check check (ended_because in
      ('signed-out', 'withdrawn', 'reused', 'password-changed', 'ended-by-owner', 'ended-by-manager', 'roles-changed',
       'password-reset', 'second-factor-reset'));
    alter table session add column device text not null default '其他设备';

    create table sign_in (
      id              uuid        primary key,
      account_id      uuid        not null references account,
      organisation_id uuid,
      at              timestamptz not null default clock_timestamp(),
      outcome         text        not null check (outcome in
        ('signed-in', 'failed', 'locked', 'second-factor-wrong', 'second-factor-needed', 'not-admitted')),
      method          text        not null check (method in ('password', 'oidc')),
      device          text        not null,
      network         text        not null
    );
    comment on table sign_in is 'personal | who signed in or tried to, from what kind of device; addresses only in part';
    create index sign_in_account on sign_in (account_id, at desc);
    alter table sign_in enable row level security;
    create policy reach on sign_in using (looks_after(account_id));
    ${signInDoor}`,
  ),
  sqlMigration(
    1022,
    'Invite',
    `
    create table invitation (
      id                  uuid        primary key,
      organisation_id     uuid        not null,
      roles               text[]      not null check (cardinality(roles) > 0),
      login_name          text,
      display_name_sealed text        not null,
      code_digest         text        not null unique,
      state               text        not null default 'open' check (state in ('open', 'accepted', 'withdrawn')),
      invited_by          uuid,
      invited_at          timestamptz not null default clock_timestamp(),
      expires_at          timestamptz not null,
      accepted_by         uuid        references account,
      settled_at          timestamptz,
      withdrawal_reason   text,
      check ((state = 'open') = (settled_at is null)),
      check ((state = 'accepted') = (accepted_by is not null)),
      check ((state = 'withdrawn') = (withdrawal_reason is not null))
    );
    comment on table invitation is 'personal | colleagues who were invited; codes only as digests';
    comment on column invitation.display_name_sealed is 'sealed | whom the inviter means | the surname alone';
    create index invitation_organisation on invitation (organisation_id);
    alter table invitation enable row level security;
    create policy reach on invitation using (manages(organisation_id));

    create table permission_request (
      id                uuid        primary key,
      account_id        uuid        not null references account,
      organisation_id   uuid        not null,
      role              text,
      permission        text,
      reason            text        not null,
      state             text        not null default 'open' check (state in ('open', 'granted', 'refused')),
      requested_at      timestamptz not null,
      due_on            date        not null,
      settled_at        timestamptz,
      settled_by        uuid,
      settlement_reason text,
      check (role is not null or permission is not null),
      check ((state = 'open') = (settled_at is null)),
      check ((state = 'refused') = (settlement_reason is not null))
    );
    comment on table permission_request is 'internal | what members ask their user managers for, and until when these answer';
    create unique index permission_request_open on permission_request
      (account_id, organisation_id, (coalesce(role, permission))) where state = 'open';
    create index permission_request_organisation on permission_request (organisation_id, state);
    alter table permission_request enable row level security;
    create policy reach on permission_request using (account_id = app_account() or manages(organisation_id));`,
  ),
  sqlMigration(
    1023,
    'ProveTwice',
    `
    create table second_factor (
      account_id    uuid        primary key references account,
      secret_sealed text        not null,
      last_step     bigint,
      enrolled_at   timestamptz not null default clock_timestamp(),
      confirmed_at  timestamptz
    );
    comment on table second_factor is 'sealed | the secrets of one-time passwords, and the last step each was used for';
    comment on column second_factor.secret_sealed is 'sealed | makes one-time passwords | never shown again';
    alter table second_factor enable row level security;
    create policy reach on second_factor using (looks_after(account_id));

    create table recovery_code (
      account_id uuid not null references second_factor on delete cascade,
      digest     text not null,
      used_at    timestamptz,
      primary key (account_id, digest)
    );
    comment on table recovery_code is 'internal | what replaces a lost device, each once; only digests';
    alter table recovery_code enable row level security;
    create policy reach on recovery_code using (looks_after(account_id));

    create table external_identity (
      id             uuid        primary key,
      account_id     uuid        not null references account,
      issuer         text        not null,
      subject_digest text        not null,
      linked_at      timestamptz not null default clock_timestamp(),
      linked_by      uuid,
      ended_at       timestamptz,
      ended_by       uuid
    );
    comment on table external_identity is 'internal | which account signs in through an OpenID provider; subjects only as digests';
    create unique index external_identity_live on external_identity (subject_digest) where ended_at is null;
    create unique index external_identity_account on external_identity (account_id, issuer) where ended_at is null;
    alter table external_identity enable row level security;
    create policy reach on external_identity using (looks_after(account_id));

    create table password_reset (
      id          uuid        primary key,
      account_id  uuid        not null references account,
      code_digest text        not null unique,
      issued_by   uuid,
      issued_at   timestamptz not null default clock_timestamp(),
      expires_at  timestamptz not null,
      used_at     timestamptz,
      replaced_at timestamptz
    );
    comment on table password_reset is 'internal | one-time codes for those who forgot their password; only digests';
    create unique index password_reset_open on password_reset (account_id) where used_at is null and replaced_at is null;
    alter table password_reset enable row level security;
    create policy reach on password_reset using (looks_after(account_id));
    ${accountDoors}`,
  ),
  sqlMigration(
    1024,
    'RotateClientSecrets',
    `
    create table client_secret (
      client_id       uuid        not null references client,
      organisation_id uuid        not null,
      number          int         not null,
      digest          text        not null,
      issued_at       timestamptz not null default clock_timestamp(),
      ends_at         timestamptz,
      last_used_on    date,
      primary key (client_id, number)
    );
    comment on table client_secret is 'internal | the secrets of programs, only as digests; two overlap while a program changes over';
    insert into client_secret (client_id, organisation_id, number, digest)
      select id, organisation_id, secret_number, secret_digest from client where secret_digest is not null;
    alter table client add column expires_on date;
    alter table client_secret enable row level security;
    create policy reach on client_secret using (manages(organisation_id));
    drop function client_credentials(uuid);
    alter table client drop column secret_digest;
    ${clientDoors}`,
  ),
  sqlMigration(
    1025,
    'DeclareAttachments',
    `
    create table attachment (
      id              uuid        primary key,
      account_id      uuid        not null references account,
      home_id         uuid        not null,
      organisation_id uuid        not null,
      from_day        date        not null,
      to_day          date,
      declared_at     timestamptz not null,
      declared_by     uuid,
      version         int         not null default 1,
      check (to_day >= from_day)
    );
    comment on table attachment is 'internal | who of the department is attached to which institution, from when to when';
    create unique index attachment_open on attachment (account_id, organisation_id) where to_day is null;
    create index attachment_home on attachment (home_id);
    alter table attachment enable row level security;
    create policy reach on attachment using (account_id = app_account() or manages(home_id));`,
  ),
  sqlMigration(
    1026,
    'FollowPersons',
    `
    alter table activation add column withdrawn_at timestamptz;
    create index activation_person on activation (person_id);
    create table person_alias (
      merged_id uuid primary key,
      person_id uuid not null,
      check (merged_id <> person_id)
    );
    comment on table person_alias is 'internal | entries that were one person: who goes on under which id';
    create index person_alias_person on person_alias (person_id);
    alter table person_alias enable row level security;
    create policy reach on person_alias using (app_reach() = 'system');
    ${activationDoors}`,
  ),
];
