import { sqlMigration } from '@shuzheng/platform';

export const createAmendmentsOfEveryKind = sqlMigration(
  1021,
  'CreateAmendmentsOfEveryKind',
  `
  create table amendment (
    id              uuid        primary key,
    serial          int         generated always as identity unique,
    certificate_id  uuid        not null references certificate,
    organisation_id uuid        not null,
    act             text        not null check (act in ('correct', 'suspend', 'reinstate', 'revoke', 'replace')),
    kind            text        check (kind in ('typo', 'identity')),
    reason          text,
    of_version      int         not null,
    changed_fields  text[]      not null default '{}',
    changes_sealed  text,
    masked_from     text,
    masked_to       text,
    basis_sealed    text        not null,
    evidence_sha256 text,
    review_on       date,
    due_on          date,
    state           text        not null default 'requested' check (state in ('requested', 'approved', 'rejected', 'withdrawn')),
    requested_by    uuid        not null,
    requested_from  uuid,
    requested_at    timestamptz not null,
    decided_by      uuid,
    decided_at      timestamptz,
    decision_sealed text,
    effective_on    date,
    version         int,
    successor_id    uuid,
    check ((act = 'correct') = (kind is not null)),
    check ((act = 'correct') = (reason is null)),
    check ((act = 'suspend') = (review_on is not null)),
    check ((state = 'requested') = (decided_by is null)),
    check ((state = 'requested') = (decided_at is null)),
    check (state not in ('approved', 'rejected') or decided_by <> requested_by),
    check (state <> 'withdrawn' or decided_by = requested_by),
    check ((state = 'approved') = (effective_on is not null)),
    check ((state = 'rejected') = (decision_sealed is not null)),
    check ((state = 'approved' and act = 'correct') = (version is not null)),
    check ((state = 'approved' and act = 'replace') = (successor_id is not null)),
    check (version = of_version + 1)
  );
  comment on table amendment is 'sealed | 更正、暂停、恢复、撤销、换发: asked for by one person, decided by another';
  comment on column amendment.changes_sealed is 'sealed | what the certificate shall say | the changed fields by name';
  comment on column amendment.basis_sealed is 'sealed | why, in words that may name somebody | shown to whoever decides';
  comment on column amendment.decision_sealed is 'sealed | why not, in words that may name somebody | shown to whoever asked';

  -- What was asked for more than once, or of a certificate that counts no longer, nobody can decide any more.
  insert into amendment (id, certificate_id, organisation_id, act, kind, reason, of_version, changed_fields, changes_sealed,
    basis_sealed, evidence_sha256, state, requested_by, requested_at, decided_by, decided_at, effective_on, version)
  select id, certificate_id, organisation_id, act, kind, reason, of_version, changed_fields, changes_sealed, basis_sealed,
    evidence_sha256, case when dead then 'withdrawn' else state end, requested_by, requested_at,
    case when dead then requested_by else approved_by end, case when dead then requested_at else approved_at end,
    (approved_at at time zone 'Asia/Shanghai')::date, version
  from (
    select asked.*, asked.state = 'requested' and (certificate.state = 'revoked'
      or row_number() over (partition by certificate_id, asked.state order by requested_at desc, asked.id) > 1) as dead
    from (
      select id, certificate_id, organisation_id, 'correct' as act, kind, null as reason, of_version, changed_fields,
        changes_sealed, reason_sealed as basis_sealed, evidence_sha256, state, requested_by, requested_at, approved_by,
        approved_at, version
      from correction
      union all
      select revocation.id, certificate_id, revocation.organisation_id, 'revoke', null, reason, certificate.version, '{}', null,
        basis_sealed, null, revocation.state, requested_by, requested_at, approved_by, approved_at, null
      from revocation join certificate on certificate.id = certificate_id
    ) as asked join certificate on certificate.id = certificate_id
  ) as known;

  create index amendment_of on amendment (certificate_id);
  create unique index amendment_one_open on amendment (certificate_id) where state = 'requested';
  -- Each version follows from one correction, and a certificate is revoked or replaced once.
  create unique index amendment_one_per_version on amendment (certificate_id, version) where version is not null;
  create unique index amendment_one_end on amendment (certificate_id) where state = 'approved' and act in ('revoke', 'replace');
  alter table amendment enable row level security;
  create policy reach on amendment using (app_sees(organisation_id, null::text));
  create trigger kept before delete on amendment for each row execute function only_added();

  create function hold_amendment() returns trigger language plpgsql as $$
  begin
    if old.state <> 'requested' or (old.id, old.certificate_id, old.act, old.changes_sealed, old.basis_sealed, old.requested_by)
      is distinct from (new.id, new.certificate_id, new.act, new.changes_sealed, new.basis_sealed, new.requested_by) then
      raise check_violation using message = 'a request stays what it was, and is decided once';
    end if;
    return new;
  end $$;
  create trigger held before update on amendment for each row execute function hold_amendment();

  alter table certificate_version drop constraint certificate_version_correction_id_fkey;
  alter table certificate_version add foreign key (correction_id) references amendment;
  drop table correction;
  drop table revocation;

  alter table certificate drop constraint certificate_state_check;
  alter table certificate add constraint certificate_state_check
    check (state in ('valid', 'corrected', 'suspended', 'revoked'));
  alter table certificate add column suspended_on date;
  alter table certificate add column review_on date;
  alter table certificate add check ((state = 'suspended') = (suspended_on is not null));
  alter table certificate add check ((state = 'suspended') = (review_on is not null));
  alter table certificate add column replaces uuid unique references certificate;

  create table certificate_transition (
    was     text not null,
    becomes text not null,
    primary key (was, becomes)
  );
  comment on table certificate_transition is 'public | which state of a certificate may follow which';
  insert into certificate_transition values
    ('valid', 'corrected'), ('valid', 'suspended'), ('valid', 'revoked'), ('corrected', 'suspended'), ('corrected', 'revoked'),
    ('suspended', 'valid'), ('suspended', 'corrected'), ('suspended', 'revoked');

  create or replace function hold_certificate() returns trigger language plpgsql as $$
  begin
    if old.state = 'revoked'
      or (old.id, old.registry_number, old.person_id, old.awarded_on, old.approved_on, old.issued_at, old.replaces)
        is distinct from (new.id, new.registry_number, new.person_id, new.awarded_on, new.approved_on, new.issued_at, new.replaces)
      or new.version not in (old.version, old.version + 1) then
      raise check_violation using message = 'an issued certificate keeps its number, its holder and its days';
    end if;
    if new.state <> old.state
      and not exists (select from certificate_transition where was = old.state and becomes = new.state) then
      raise check_violation using message = format('a certificate does not go from %s to %s', old.state, new.state);
    end if;
    return new;
  end $$;

  -- 换发: a row has one certificate in force, and each certificate gives way to one other.
  alter table certificate drop constraint certificate_row_id_key;
  alter table certificate drop constraint certificate_result_id_key;
  create unique index certificate_one_per_row on certificate (row_id) where state <> 'revoked';
  create unique index certificate_first_of_row on certificate (row_id) where replaces is null;
  create unique index certificate_one_per_result on certificate (result_id) where state <> 'revoked';
  create unique index certificate_first_of_result on certificate (result_id) where replaces is null;
  alter table ledger add column replaces uuid references certificate;
  drop index ledger_one_per_row;
  drop index ledger_one_per_result;
  create unique index ledger_one_per_row on ledger (row_id) where state <> 'void' and replaces is null;
  create unique index ledger_one_per_result on ledger (result_id) where state <> 'void' and replaces is null;
  create unique index ledger_one_successor on ledger (replaces) where state <> 'void';

  alter table log_entry drop constraint log_entry_kind_check;
  alter table log_entry add constraint log_entry_kind_check
    check (kind in ('issue', 'correction', 'suspension', 'reinstatement', 'revocation'));
  alter table log_entry drop constraint log_entry_certificate_id_version_kind_key;
  create unique index log_entry_once on log_entry (certificate_id, version, kind)
    where kind in ('issue', 'correction', 'revocation');`,
);
