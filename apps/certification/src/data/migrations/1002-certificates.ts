import { sqlMigration } from '@shuzheng/platform';

export const createCertificates = sqlMigration(
  1002,
  'CreateCertificates',
  `
  create table series (
    code        text primary key,
    province    text not null,
    year        int  not null,
    last_serial int  not null default 0 check (last_serial between 0 and 9999999),
    unique (province, year)
  );
  comment on table series is 'internal | the counter of each series of registry numbers; its row is locked to allocate';

  create table status_list (
    number int primary key check (number >= 0),
    used   int not null default 0 check (used between 0 and 131072)
  );
  comment on table status_list is 'public | how full each status list is';
  insert into status_list (number) values (0);

  create table issue_run (
    id              uuid        primary key,
    batch_id        uuid        not null references batch,
    organisation_id uuid        not null,
    occupation_name text        not null,
    credit_code     text        not null,
    awarded_on      date        not null,
    allocated       int         not null check (allocated > 0),
    started_by      uuid        not null,
    started_at      timestamptz not null
  );
  comment on table issue_run is 'internal | one order to issue, with all that its certificates say in common';
  alter table issue_run enable row level security;
  create policy reach on issue_run using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on issue_run for each row execute function only_added();

  create table issue_hold (
    run_id          uuid not null references issue_run,
    row_id          uuid not null references batch_row,
    organisation_id uuid not null,
    reason          text not null,
    primary key (run_id, row_id)
  );
  comment on table issue_hold is 'internal | approved rows that a run had to leave out, and why';
  alter table issue_hold enable row level security;
  create policy reach on issue_hold using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on issue_hold for each row execute function only_added();

  create table ledger (
    id                 uuid        primary key,
    series             text        not null references series,
    serial             int         not null check (serial > 0),
    registry_number    text        not null unique,
    state              text        not null default 'allocated' check (state in ('allocated', 'used', 'void')),
    live               boolean     not null default true,
    run_id             uuid        not null references issue_run,
    batch_id           uuid        not null references batch,
    row_id             uuid        not null,
    reply_id           uuid        not null,
    result             text        not null default 'approved' check (result = 'approved'),
    organisation_id    uuid        not null,
    person_id          uuid        not null,
    result_id          uuid        not null,
    occupation_code    text        not null,
    direction          text        not null,
    level              text        not null,
    certificate_number text,
    status_list        int         not null references status_list,
    status_index       int         not null check (status_index between 0 and 131071),
    approved_on        date        not null,
    awarded_on         date        not null,
    allocated_on       date        not null,
    allocated_at       timestamptz not null,
    used_at            timestamptz,
    voided_at          timestamptz,
    voided_by          uuid,
    void_reason        text,
    unique (series, serial),
    unique (status_list, status_index),
    -- No number before the national approval, and no day that was made up.
    foreign key (row_id, reply_id, result, approved_on) references reply_row (row_id, reply_id, result, approved_on),
    check (awarded_on between approved_on and allocated_on),
    check ((state = 'used') = (used_at is not null)),
    check ((state = 'void') = (voided_at is not null and voided_by is not null and void_reason is not null)),
    check (state <> 'void' or not live)
  );
  comment on table ledger is 'internal | every registry number ever given out: allocated, used, or void with its reason';
  create unique index ledger_one_per_row on ledger (row_id) where state <> 'void';
  create unique index ledger_one_per_result on ledger (result_id) where state <> 'void';
  create unique index ledger_one_in_force on ledger (person_id, occupation_code, direction, level) where live;
  create unique index ledger_issuers_number on ledger (organisation_id, certificate_number)
    where state <> 'void' and certificate_number is not null;
  create index ledger_of_run on ledger (run_id, state);
  alter table ledger enable row level security;
  create policy reach on ledger using (app_sees(organisation_id, null::text));
  create trigger kept before delete on ledger for each row execute function only_added();

  create function hold_number() returns trigger language plpgsql as $$
  begin
    if (old.id, old.series, old.serial, old.registry_number, old.row_id, old.status_list, old.status_index, old.awarded_on)
      is distinct from (new.id, new.series, new.serial, new.registry_number, new.row_id, new.status_list, new.status_index, new.awarded_on)
      or (old.state <> new.state and old.state <> 'allocated') or (new.live and not old.live) then
      raise check_violation using message = 'an allocated number stays what it is';
    end if;
    return new;
  end $$;
  create trigger held before update on ledger for each row execute function hold_number();

  -- Whom an issue would give a second certificate. It sees every institution's numbers and tells nothing else.
  create function standing(persons uuid[], results uuid[], occupation text, its_direction text, its_level text)
  returns table (person_id uuid, result_id uuid)
  language sql stable security definer set search_path = certification, pg_temp as $$
    select ledger.person_id, ledger.result_id from ledger
    where ledger.person_id = any(persons) and live
      and occupation_code = occupation and direction = its_direction and level = its_level
    union
    select ledger.person_id, ledger.result_id from ledger
    where ledger.result_id = any(results) and state <> 'void' $$;

  -- Which of these places of a status list nobody has, whatever institution it belongs to.
  create function free_places(list int, candidates int[]) returns setof int
  language sql stable security definer set search_path = certification, pg_temp as $$
    select place from unnest(candidates) as place
    where not exists (select from ledger where status_list = list and status_index = place) $$;

  create table certificate (
    id                 uuid        primary key references ledger,
    registry_number    text        not null unique references ledger (registry_number),
    batch_id           uuid        not null references batch,
    row_id             uuid        not null unique references batch_row,
    result_id          uuid        not null unique,
    person_id          uuid        not null,
    organisation_id    uuid        not null,
    organisation_name  text        not null,
    city_code          text        not null,
    occupation_code    text        not null,
    occupation_name    text        not null,
    edition            text        not null,
    level              text        not null,
    direction          text        not null,
    certificate_number text,
    masked_name        text        not null,
    exam_on            date        not null,
    approved_on        date        not null,
    awarded_on         date        not null,
    issued_at          timestamptz not null,
    state              text        not null default 'valid' check (state in ('valid', 'corrected', 'revoked')),
    version            int         not null default 1 check (version > 0),
    revoked_on         date,
    log_salt_sealed    text        not null,
    check ((state = 'revoked') = (revoked_on is not null)),
    check (state <> 'valid' or version = 1)
  );
  comment on table certificate is 'personal | 专业技术等级证书 as it stands; what it says is in its versions';
  comment on column certificate.log_salt_sealed is 'sealed | proves which log entry is this certificate | never shown';
  create unique index certificate_one_in_force on certificate (person_id, occupation_code, direction, level)
    where state <> 'revoked';
  create unique index certificate_issuers_number on certificate (organisation_id, certificate_number)
    where certificate_number is not null;
  create index certificate_of_batch on certificate (batch_id);
  alter table certificate enable row level security;
  create policy reach on certificate using (app_sees(organisation_id, city_code));
  create trigger kept before delete on certificate for each row execute function only_added();

  create function hold_certificate() returns trigger language plpgsql as $$
  begin
    if old.state = 'revoked'
      or (old.id, old.registry_number, old.person_id, old.awarded_on, old.approved_on, old.issued_at)
        is distinct from (new.id, new.registry_number, new.person_id, new.awarded_on, new.approved_on, new.issued_at)
      or new.version not in (old.version, old.version + 1) then
      raise check_violation using message = 'an issued certificate keeps its number, its holder and its days';
    end if;
    return new;
  end $$;
  create trigger held before update on certificate for each row execute function hold_certificate();`,
);
