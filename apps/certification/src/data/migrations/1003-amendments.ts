import { sqlMigration } from '@shuzheng/platform';

export const createAmendments = sqlMigration(
  1003,
  'CreateAmendments',
  `
  create table correction (
    id              uuid        primary key,
    certificate_id  uuid        not null references certificate,
    organisation_id uuid        not null,
    kind            text        not null check (kind in ('typo')),
    of_version      int         not null,
    changed_fields  text[]      not null,
    changes_sealed  text        not null,
    reason_sealed   text        not null,
    evidence_sha256 text,
    state           text        not null default 'requested' check (state in ('requested', 'approved')),
    requested_by    uuid        not null,
    requested_at    timestamptz not null,
    approved_by     uuid,
    approved_at     timestamptz,
    version         int,
    check (approved_by <> requested_by),
    check ((state = 'approved') = (approved_by is not null and approved_at is not null and version is not null)),
    check (version = of_version + 1)
  );
  comment on table correction is 'sealed | 更正: asked for by one person, approved by another';
  comment on column correction.changes_sealed is 'sealed | what the certificate shall say | the changed fields by name';
  comment on column correction.reason_sealed is 'sealed | why, in words that may name somebody | shown to whoever decides';
  create index correction_of on correction (certificate_id);
  -- Each version follows from one correction.
  create unique index correction_one_per_version on correction (certificate_id, version) where state = 'approved';
  alter table correction enable row level security;
  create policy reach on correction using (app_sees(organisation_id, null::text));
  create trigger kept before delete on correction for each row execute function only_added();

  create table revocation (
    id              uuid        primary key,
    certificate_id  uuid        not null references certificate,
    organisation_id uuid        not null,
    reason          text        not null,
    basis_sealed    text        not null,
    state           text        not null default 'requested' check (state in ('requested', 'approved')),
    requested_by    uuid        not null,
    requested_at    timestamptz not null,
    approved_by     uuid,
    approved_at     timestamptz,
    check (approved_by <> requested_by),
    check ((state = 'approved') = (approved_by is not null and approved_at is not null))
  );
  comment on table revocation is 'sealed | 撤销: asked for by one person, approved by another';
  comment on column revocation.basis_sealed is 'sealed | the decision it rests on, which may name somebody | shown to whoever decides';
  create index revocation_of on revocation (certificate_id);
  create unique index revocation_once on revocation (certificate_id) where state = 'approved';
  alter table revocation enable row level security;
  create policy reach on revocation using (app_sees(organisation_id, null::text));
  create trigger kept before delete on revocation for each row execute function only_added();

  create table certificate_version (
    certificate_id    uuid        not null references certificate,
    version           int         not null check (version > 0),
    organisation_id   uuid        not null,
    correction_id     uuid        references correction,
    corrected_fields  text[]      not null,
    snapshot_sealed   text        not null,
    snapshot_sha256   text        not null,
    credential_sealed text        not null,
    key_id            text        not null,
    made_at           timestamptz not null,
    primary key (certificate_id, version),
    check ((version = 1) = (correction_id is null))
  );
  comment on table certificate_version is 'sealed | what a certificate said in each version: the frozen snapshot and its credential';
  comment on column certificate_version.snapshot_sealed is 'sealed | the record as issued, RFC 8785 JSON | its digest';
  comment on column certificate_version.credential_sealed is 'sealed | the signed credential, for machines | given out whole, and recorded';
  alter table certificate_version enable row level security;
  create policy reach on certificate_version using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on certificate_version for each row execute function only_added();

  create table log_head (
    one      boolean primary key default true check (one),
    sequence bigint  not null default 0,
    hash     text    not null default repeat('0', 64)
  );
  comment on table log_head is 'public | where the log of certificates ends';
  insert into log_head default values;

  create table log_entry (
    sequence          bigint      primary key check (sequence > 0),
    at                timestamptz not null,
    kind              text        not null check (kind in ('issue', 'correction', 'revocation')),
    certificate_id    uuid        not null references certificate,
    version           int         not null,
    commitment        text        not null,
    number_commitment text        not null,
    previous_hash     text        not null unique,
    hash              text        not null unique,
    unique (certificate_id, version, kind)
  );
  comment on table log_entry is 'internal | append-only: a salted commitment for each issue, correction and revocation';
  create trigger kept before update or delete on log_entry for each row execute function only_added();

  create table signing_key (
    key_id     text        primary key,
    public_key json        not null,
    valid_from timestamptz not null
  );
  comment on table signing_key is 'public | the keys certificates were ever signed with';
  create trigger kept before update or delete on signing_key for each row execute function only_added();

  insert into timer (kind, key, run_at) values ('publish-signing-key', 'first', '2020-01-01');`,
);
