/** The ministry's lists as they came in, and what has become of each entry since. */
export const directoryHistory = `
  create table directory_batch (
    id           uuid        primary key,
    name         text        not null,
    source       text        not null,
    published_on date        not null,
    sha256       text        not null unique,
    file_id      uuid        not null,
    entries      int         not null check (entries > 0),
    recorded_at  timestamptz not null,
    recorded_by  uuid
  );
  comment on table directory_batch is 'public | lists of the ministry as taken in; the file is kept under its digest';
  alter table directory_batch enable row level security;
  create policy everybody_reads on directory_batch for select using (true);
  create policy province_writes on directory_batch for insert with check (app_reach() in ('province', 'system'));
  alter table directory_entry add batch_id uuid references directory_batch;

  create table directory_suspension (
    entry_id         uuid not null references directory_entry,
    sequence         int  not null,
    suspended_from   date not null,
    basis            text not null,
    resumed_from     date,
    resumption_basis text,
    primary key (entry_id, sequence),
    check (suspended_from <= resumed_from),
    check ((resumed_from is null) = (resumption_basis is null))
  );
  comment on table directory_suspension is 'public | from when to when an entry did not count; no end: it still does not';
  create unique index directory_suspension_open on directory_suspension (entry_id) where resumed_from is null;
  insert into directory_suspension (entry_id, sequence, suspended_from, basis)
    select id, 1, suspended_from, suspension_basis from directory_entry where suspended_from is not null;
  alter table directory_suspension enable row level security;
  create policy everybody_reads on directory_suspension for select using (true);
  create policy province_writes on directory_suspension using (app_reach() in ('province', 'system'));

  create table directory_entry_version (
    entry_id       uuid        not null references directory_entry,
    version        int         not null,
    act            text        not null check (act in ('record', 'suspend', 'resume', 'change-dates')),
    valid_from     date        not null,
    valid_to       date,
    suspended_from date,
    basis          text,
    changed_at     timestamptz not null,
    changed_by     uuid,
    primary key (entry_id, version)
  );
  comment on table directory_entry_version is 'public | every version of an entry and what made it';
  insert into directory_entry_version (entry_id, version, act, valid_from, valid_to, suspended_from, basis, changed_at)
    select id, version, case when suspended_from is null then 'record' else 'suspend' end, valid_from, valid_to,
      suspended_from, suspension_basis, recorded_at from directory_entry;
  alter table directory_entry_version enable row level security;
  create policy everybody_reads on directory_entry_version for select using (true);
  create policy province_writes on directory_entry_version for insert with check (app_reach() in ('province', 'system'));

  create function entry_covers(entry directory_entry, day date) returns boolean language sql stable as $$
    select entry.valid_from <= day and (entry.valid_to is null or day <= entry.valid_to) and not exists (
      select from directory_suspension as suspension where suspension.entry_id = entry.id
        and suspension.suspended_from <= day and (suspension.resumed_from is null or day < suspension.resumed_from))
  $$;`;
