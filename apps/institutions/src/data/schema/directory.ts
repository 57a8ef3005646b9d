/** The ministry's directory as recorded here. Everybody reads, only the province writes. */
export const directory = `
  create type key_range as range (subtype = text, collation = "C");

  create table directory_entry (
    id               uuid        primary key,
    organisation_id  uuid        not null references organisation,
    role             text        not null check (role in ('training', 'evaluation')),
    occupation_code  text        not null references occupation,
    direction        text,
    levels           text        check (levels in ('junior', 'intermediate', 'senior', 'junior,intermediate',
      'junior,senior', 'intermediate,senior', 'junior,intermediate,senior')),
    valid_from       date        not null,
    valid_to         date,
    batch            text        not null,
    source           text        not null,
    suspended_from   date,
    suspension_basis text,
    recorded_at      timestamptz not null,
    version          int         not null default 1,
    -- What an entry is about. Two that are about the same must not be in force on the same day.
    about    text generated always as (
      organisation_id::text || '|' || role || '|' || occupation_code || '|' || coalesce(direction, '') || '|' || coalesce(levels, '')
    ) stored,
    in_force daterange generated always as (
      case when suspended_from <= valid_from then 'empty'::daterange
        else daterange(valid_from, least(valid_to, suspended_from - 1), '[]') end
    ) stored,
    check (valid_from <= valid_to),
    check (suspended_from >= valid_from and (valid_to is null or suspended_from <= valid_to)),
    check ((suspended_from is null) = (suspension_basis is null)),
    constraint directory_entry_once exclude using gist (key_range(about, about, '[]') with =, in_force with &&)
  );
  comment on table directory_entry is 'public | who may train or evaluate what, and when; no direction or levels means all';
  create index directory_entry_of on directory_entry (organisation_id, valid_from);
  alter table directory_entry enable row level security;
  create policy everybody_reads on directory_entry for select using (true);
  create policy province_writes on directory_entry using (app_reach() in ('province', 'system'));`;
