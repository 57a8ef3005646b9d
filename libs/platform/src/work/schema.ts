/** What every service keeps beside its own tables: who asked for what, and what is still to be done. */
export const workSchema = `
  create function app_reach() returns text language sql stable as
    $$ select coalesce(nullif(current_setting('app.reach', true), ''), 'none') $$;
  create function app_org() returns uuid language sql stable as
    $$ select nullif(current_setting('app.org', true), '')::uuid $$;
  create function app_city() returns text language sql stable as
    $$ select nullif(current_setting('app.city', true), '') $$;
  create function app_person() returns uuid language sql stable as
    $$ select nullif(current_setting('app.person', true), '')::uuid $$;
  create function app_account() returns uuid language sql stable as
    $$ select nullif(current_setting('app.account', true), '')::uuid $$;

  -- Whose rows a caller sees: its own organisation's, its own city's, or the whole province's.
  create function app_sees(organisation uuid, city text) returns boolean language sql stable as $$
    select case app_reach()
      when 'system' then true
      when 'province' then true
      when 'organisation' then organisation = app_org()
      when 'city' then city = app_city()
      else false
    end $$;

  create table idempotency (
    scope       text        not null,
    key         text        not null,
    fingerprint text        not null,
    answer      json,
    at          timestamptz not null default clock_timestamp(),
    primary key (scope, key)
  );
  comment on table idempotency is 'internal | answers a repeated request with its first receipt';
  create index idempotency_age on idempotency (at);

  -- Several chains, so that writers need not all queue for one head.
  create table audit_chain (
    chain    smallint primary key,
    sequence bigint   not null default 0,
    hash     bytea    not null default '\\x0000000000000000000000000000000000000000000000000000000000000000'
  );
  comment on table audit_chain is 'internal | the head of each audit chain';
  insert into audit_chain (chain) select * from generate_series(0, 7);

  create table audit (
    chain         smallint    not null,
    sequence      bigint      not null,
    at            timestamptz not null,
    recorded_at   timestamptz not null default clock_timestamp(),
    operation     text        not null,
    account_id    uuid,
    organisation_id uuid,
    correlation_id text,
    subject       text        not null,
    detail        text        not null,
    previous      bytea       not null,
    hash          bytea       not null,
    primary key (chain, sequence)
  );
  comment on table audit is 'internal | who did what to which thing, chained so that a change or a gap shows';
  create index audit_subject on audit (subject, at);

  create table timer (
    id       bigint      generated always as identity primary key,
    kind     text        not null,
    key      text        not null,
    run_at   timestamptz not null,
    payload  json        not null default '{}',
    attempts int         not null default 0,
    retry_at timestamptz,
    error    text,
    done_at  timestamptz,
    unique (kind, key)
  );
  comment on table timer is 'internal | what must happen later, written with what caused it';
  create index timer_due on timer (coalesce(retry_at, run_at)) where done_at is null;

  create table demo_clock (
    one       boolean primary key default true check (one),
    offset_ms bigint  not null
  );
  comment on table demo_clock is 'internal | demonstration only: how far the clock is from real time';

  create table file (
    id              uuid        primary key,
    organisation_id uuid,
    sha256          text        not null,
    bytes           bigint      not null,
    media_type      text        not null,
    purpose         text        not null,
    stored_at       timestamptz not null
  );
  comment on table file is 'internal | every file handed in or out, by its digest';`;

/** A list of files tells what others hand in: who owns one sees it, and the province; its bytes are found by digest alone. */
export const fileReach = `
  alter table file enable row level security;
  create policy reach on file using (app_reach() in ('system', 'province') or organisation_id = app_org());`;
