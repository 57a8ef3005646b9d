import { sqlMigration } from '@shuzheng/platform';

/** What keeps one person from holding too much alone. */
export const guarding = [
  sqlMigration(
    1027,
    'KeepManagersApart',
    `
    insert into setting (id, name, value, valid_from, document)
      values (gen_random_uuid(), 'user-manager-apart', 1, '2026-01-01', '平台初始值，待省厅设定');`,
  ),
  sqlMigration(
    1028,
    'ConsentToResets',
    `
    create table reset_consent (
      id           uuid        primary key,
      account_id   uuid        not null references account,
      what         text        not null check (what in ('password', 'second-factor', 'external-identity')),
      reason       text        not null,
      consented_by uuid        not null,
      consented_at timestamptz not null default clock_timestamp(),
      expires_at   timestamptz not null,
      used_by      uuid,
      used_at      timestamptz,
      check ((used_by is null) = (used_at is null)),
      check (consented_by <> account_id),
      check (used_by <> consented_by)
    );
    comment on table reset_consent is 'internal | which reset of an administrator’s sign-in a second administrator agreed to, each good once';
    create index reset_consent_account on reset_consent (account_id, consented_at desc);
    alter table reset_consent enable row level security;
    create policy reach on reset_consent using (manages(operator_id()));`,
  ),
];
