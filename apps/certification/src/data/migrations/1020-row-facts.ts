import { sqlMigration } from '@shuzheng/platform';

export const addRowFacts = sqlMigration(
  1020,
  'AddRowFacts',
  `
  alter table batch_row drop constraint batch_row_state_check;
  alter table batch_row add constraint batch_row_state_check check (state in ('received', 'proposed', 'removed', 'confirmed',
    'returned', 'sent', 'approved', 'nationally-returned', 'allocated', 'issued', 'corrected', 'suspended', 'revoked'));
  drop index batch_row_one_live;
  -- A result is under way once: it comes back only after it was returned.
  create unique index batch_row_one_live on batch_row (result_id)
    where state not in ('returned', 'nationally-returned', 'removed');
  insert into row_transition values
    ('received', 'removed'), ('proposed', 'removed'), ('issued', 'suspended'), ('corrected', 'suspended'),
    ('suspended', 'issued'), ('suspended', 'corrected'), ('suspended', 'revoked'), ('corrected', 'issued');

  alter table batch_row add column first_row_id uuid references batch_row;
  update batch_row as later set first_row_id = (
    select id from batch_row as first where first.result_id = later.result_id order by part, number limit 1);
  update batch_row set first_row_id = null where first_row_id = id;
  create index batch_row_of_result on batch_row (result_id);

  create table voided_result (
    result_id       uuid primary key,
    session_id      uuid not null,
    organisation_id uuid not null,
    reason          text not null,
    voided_on       date not null
  );
  comment on table voided_result is 'internal | results that no longer count, whatever had become of their rows by then';
  alter table voided_result enable row level security;
  create policy reach on voided_result using (app_sees(organisation_id, null::text));

  create table result_hold (
    result_id       uuid    primary key,
    session_id      uuid    not null,
    organisation_id uuid    not null,
    held            boolean not null,
    changed_on      date    not null
  );
  comment on table result_hold is 'internal | results against which an objection stands, or stood';
  alter table result_hold enable row level security;
  create policy reach on result_hold using (app_sees(organisation_id, null::text));

  create table row_given_up (
    row_id          uuid        primary key references batch_row,
    batch_id        uuid        not null references batch,
    organisation_id uuid        not null,
    reason          text        not null,
    basis_sealed    text,
    given_up_by     uuid        not null,
    given_up_on     date        not null,
    given_up_at     timestamptz not null
  );
  comment on table row_given_up is 'internal | nationally returned rows that will not come back, and why';
  comment on column row_given_up.basis_sealed is 'sealed | why, in words that may name somebody | shown only with the row';
  alter table row_given_up enable row level security;
  create policy reach on row_given_up using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on row_given_up for each row execute function only_added();

  -- Each row has its own approval day and its own day of receipt.
  alter table reply add constraint reply_of_package unique (id, package_id);
  alter table reply_row drop constraint reply_row_reply_id_package_id_approved_on_fkey;
  alter table reply_row add constraint reply_row_of_reply foreign key (reply_id, package_id) references reply (id, package_id);
  alter table reply_row add column received_on date;
  alter table reply_row disable trigger kept;
  update reply_row set received_on = reply.received_on from reply where reply.id = reply_id;
  alter table reply_row enable trigger kept;
  alter table reply_row alter column received_on set not null;
  alter table reply_row add constraint reply_row_days check (approved_on <= received_on);

  create table extended_due_day (
    kind             text not null,
    subject_id       uuid not null,
    part             int  not null,
    organisation_id  uuid not null,
    effective_due_on date not null,
    decided_on       date not null,
    primary key (kind, subject_id, part)
  );
  comment on table extended_due_day is 'internal | other due days that the office has given, as oversight announced them';
  alter table extended_due_day enable row level security;
  create policy reach on extended_due_day using (app_sees(organisation_id, null::text));

  create table person_alias (
    merged_person_id uuid primary key,
    person_id        uuid not null,
    merged_at        timestamptz not null,
    check (merged_person_id <> person_id)
  );
  comment on table person_alias is 'internal | which entries turned out to be one person; each points at the one that stays';
  create index person_alias_of on person_alias (person_id);

  create function canonical_person(person uuid) returns uuid
  language sql stable security definer set search_path = certification, pg_temp as $$
    select coalesce((select person_id from person_alias where merged_person_id = person), person) $$;

  -- Every id the person has had.
  create function same_persons(person uuid) returns setof uuid
  language sql stable security definer set search_path = certification, pg_temp as $$
    select canonical_person(person)
    union select merged_person_id from person_alias where person_id = canonical_person(person) $$;

  create or replace function standing(persons uuid[], results uuid[], occupation text, its_direction text, its_level text)
  returns table (person_id uuid, result_id uuid)
  language sql stable security definer set search_path = certification, pg_temp as $$
    select asked.id, ledger.result_id
    from unnest(persons) as asked (id) cross join lateral same_persons(asked.id) as same (id)
    join ledger on ledger.person_id = same.id
    where live and occupation_code = occupation and direction = its_direction and level = its_level
    union
    select ledger.person_id, ledger.result_id from ledger
    where ledger.result_id = any(results) and state <> 'void' $$;

  drop policy reach on certificate;
  create policy reach on certificate using (app_sees(organisation_id, city_code)
    or (app_reach() = 'self' and person_id in (select same_persons(app_person()))));`,
);
