/** 培训合格证书 that are corrected or revoked, 学时证明, and training reports that are put right. */
export const certificateLife = `
  alter table training_certificate
    add column version            int  not null default 1 check (version > 0),
    add column state              text not null default 'issued' check (state in ('issued', 'revoked')),
    add column holder_name_sealed text,
    add column revoked_on         date,
    add column revoked_reason     text,
    drop constraint training_certificate_enrolment_id_key,
    add constraint training_certificate_revoked check
      ((state = 'revoked') = (revoked_on is not null) and (state = 'revoked') = (revoked_reason is not null));
  comment on column training_certificate.holder_name_sealed is 'sealed | 证书上的姓名 | 张*';
  -- Whoever lost a certificate by revocation may be given another; nobody holds two.
  create unique index training_certificate_one_live on training_certificate (enrolment_id) where state = 'issued';

  create table training_certificate_version (
    certificate_id     uuid        not null references training_certificate,
    version            int         not null,
    organisation_id    uuid        not null,
    city_code          text        not null,
    number             text,
    holder_name_sealed text,
    reason             text        not null,
    replaced_by        uuid        not null,
    replaced_at        timestamptz not null,
    primary key (certificate_id, version)
  );
  comment on table training_certificate_version is 'personal | 培训合格证书 as it stood before a correction, and why it was corrected';
  comment on column training_certificate_version.holder_name_sealed is 'sealed | 证书上的姓名 | 张*';
  alter table training_certificate_version enable row level security;
  create policy reach on training_certificate_version using (app_sees(organisation_id, city_code));

  create table training_certificate_revocation (
    id              uuid        primary key,
    certificate_id  uuid        not null references training_certificate,
    class_id        uuid        not null references training_class,
    organisation_id uuid        not null,
    city_code       text        not null,
    reason          text        not null check (reason in ('issued-wrongly', 'hours-not-met', 'result-voided', 'fraud', 'other')),
    reason_text     text,
    state           text        not null check (state in ('proposed', 'approved', 'dismissed')),
    proposed_by     uuid        not null,
    proposed_at     timestamptz not null,
    decided_by      uuid,
    decided_at      timestamptz,
    check ((state = 'proposed') = (decided_by is null)),
    check (state <> 'approved' or decided_by <> proposed_by)
  );
  comment on table training_certificate_revocation is 'internal | 撤销培训合格证书: proposed by one person, decided by another';
  create unique index revocation_one_open on training_certificate_revocation (certificate_id) where state = 'proposed';
  alter table training_certificate_revocation enable row level security;
  create policy reach on training_certificate_revocation using (app_sees(organisation_id, city_code));
`;

export const revocationOfLeavers = `
  alter table training_certificate_revocation drop constraint training_certificate_revocation_reason_check;
  alter table training_certificate_revocation add constraint training_certificate_revocation_reason_check
    check (reason in ('issued-wrongly', 'hours-not-met', 'result-voided', 'fraud', 'trainee-left', 'other'));
`;

export const hoursProofs = `
  create table hours_proof (
    id              uuid        primary key,
    number          text        not null unique,
    enrolment_id    uuid        not null references enrolment,
    class_id        uuid        not null references training_class,
    person_id       uuid        not null references person,
    organisation_id uuid        not null,
    city_code       text        not null,
    facts           json        not null,
    sha256          text        not null,
    issued_by       uuid        not null,
    issued_at       timestamptz not null
  );
  comment on table hours_proof is 'personal | 学时证明: the facts as they stood when it was issued';
  create index hours_proof_of on hours_proof (enrolment_id);
  alter table hours_proof enable row level security;
  create policy reach on hours_proof
    using (app_sees(organisation_id, city_code) or (app_reach() = 'self' and person_id = app_person()));

  -- Anybody who holds a proof may ask whether it is one: yes or no, and whether a later one was issued.
  create function proof_standing(asked_number text, asked_digest text) returns text
  language sql stable security definer set search_path = enrollment, pg_temp as $$
    select case when exists (
        select from hours_proof as later
        where later.enrolment_id = proof.enrolment_id and later.number <> proof.number and later.issued_at > proof.issued_at
      ) then 'superseded' else 'valid' end
    from hours_proof as proof where number = asked_number and sha256 = asked_digest
  $$;
`;

export const reportLife = `
  alter table training_report
    add column version    int     not null default 1 check (version > 0),
    add column extended   boolean not null default false,
    add column amended_at timestamptz,
    add constraint training_report_amended check ((version = 1) = (amended_at is null));

  create table training_report_version (
    report_id       uuid        not null references training_report,
    version         int         not null,
    organisation_id uuid        not null,
    city_code       text        not null,
    figures         json        not null,
    remarks         text,
    sha256          text        not null,
    reason          text        not null,
    replaced_by     uuid        not null,
    replaced_at     timestamptz not null,
    primary key (report_id, version)
  );
  comment on table training_report_version is 'internal | 培训情况报送 as it stood before it was put right, and why';
  alter table training_report_version enable row level security;
  create policy reach on training_report_version using (app_sees(organisation_id, city_code));
`;
