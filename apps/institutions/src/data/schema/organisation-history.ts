/** What organisations were called before, and since when they are suspended or ended. */
export const organisationHistory = `
  -- Equal for all ways to write one name.
  create function name_key(name text) returns text language sql immutable as
    $$ select lower(regexp_replace(normalize(name, NFKC), '[[:space:]]', '', 'g')) $$;

  alter table organisation add version int not null default 1, add ended_from date;
  create unique index organisation_name on organisation (name_key(name), role) where ended_from is null;

  create table organisation_version (
    organisation_id uuid        not null references organisation,
    version         int         not null,
    name            text        not null,
    credit_code     text,
    city_code       text        not null,
    basis           text,
    changed_at      timestamptz not null,
    changed_by      uuid,
    primary key (organisation_id, version)
  );
  comment on table organisation_version is 'public | every version of what is known of an organisation';
  insert into organisation_version (organisation_id, version, name, credit_code, city_code, changed_at)
    select id, 1, name, credit_code, city_code, registered_at from organisation;

  create table organisation_standing (
    organisation_id   uuid        not null references organisation,
    sequence          int         not null,
    status            text        not null check (status in ('active', 'suspended', 'ended')),
    valid_from        date        not null,
    basis             text        not null,
    retroactive_basis text,
    recorded_at       timestamptz not null,
    recorded_by       uuid,
    primary key (organisation_id, sequence)
  );
  comment on table organisation_standing is 'public | from when on an organisation is suspended, active again or ended; what is recorded later overrides';
  create unique index organisation_ended_once on organisation_standing (organisation_id) where status = 'ended';
  alter table organisation_standing enable row level security;
  create policy everybody_reads on organisation_standing for select using (true);
  create policy province_writes on organisation_standing for insert with check (app_reach() in ('province', 'system'));

  create function standing_on(organisation uuid, day date) returns text language sql stable as $$
    select coalesce((select status from organisation_standing
      where organisation_id = organisation and valid_from <= day order by sequence desc limit 1), 'active')
  $$;

  -- An office may be reached differently later: the last version of its contact counts, and none is written over.
  alter table organisation_contact drop constraint organisation_contact_pkey, add version int not null default 1,
    alter contact drop not null, add primary key (organisation_id, version);`;
