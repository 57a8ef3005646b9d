import { sqlMigration } from '@shuzheng/platform';

export const migrations = [
  sqlMigration(
    1000,
    'CreatePublicModel',
    `
    create table certificate (
      registry_number    text        primary key,
      certificate_id     uuid        not null unique,
      certificate_number text,
      check_digest       text        not null,
      masked_name        text        not null,
      occupation_code    text        not null,
      occupation_name    text        not null,
      edition            text        not null,
      level              text        not null check (level in ('junior', 'intermediate', 'senior')),
      direction          text        not null,
      issuer_id          uuid        not null,
      issuer             text        not null,
      exam_on            date        not null,
      approved_on        date        not null,
      awarded_on         date        not null,
      version            int         not null default 1 check (version >= 1),
      corrected_on       date,
      suspended_on       date,
      revoked_on         date,
      status_index       int         not null,
      heard_at           timestamptz not null,
      -- A later version stands if, and only if, there was a correction.
      check ((version = 1) = (corrected_on is null))
    );
    comment on table certificate is 'public | what anybody may learn of a certificate who holds its number and its check code';
    create index certificate_heard on certificate (heard_at);

    create table certificate_version (
      registry_number text not null references certificate,
      version         int  not null,
      kind            text not null check (kind in ('issued', 'typo', 'identity', 'result')),
      since           date not null,
      name_index      text not null,
      snapshot_sha256 text not null,
      primary key (registry_number, version),
      check ((version = 1) = (kind = 'issued'))
    );
    comment on table certificate_version is 'public | every version that a certificate has had';
    comment on column certificate_version.name_index is 'sealed | tells whether a typed name is the holder''s | never shown';`,
  ),
  sqlMigration(
    1020,
    'ShowSuspensionAndReplacement',
    `
    alter table certificate
      add column reinstated_on date,
      add column replaced_on   date,
      add column replaced_by   text,
      add check (suspended_on is null or reinstated_on is null),
      add check ((replaced_on is null) = (replaced_by is null));
    create index certificate_place on certificate (status_index);`,
  ),
];
