/** The cities' own directories, exam sites, and who teaches and examines. */
export const placesAndPeople = `
  create table city_entry (
    id              uuid        primary key,
    city_code       text        not null,
    kind            text        not null check (kind in ('institution', 'project')),
    organisation_id uuid        references organisation,
    name            text        not null,
    occupation_code text        not null references occupation,
    level           text        check (level in ('junior', 'intermediate', 'senior')),
    valid_from      date        not null,
    valid_to        date,
    document        text        not null,
    end_basis       text,
    recorded_at     timestamptz not null,
    recorded_by     uuid,
    version         int         not null default 1,
    about text generated always as (
      city_code || '|' || kind || '|' || name_key(name) || '|' || occupation_code || '|' || coalesce(level, '')
    ) stored,
    check (valid_from <= valid_to),
    constraint city_entry_once exclude using gist (key_range(about, about, '[]') with =, daterange(valid_from, valid_to, '[]') with &&)
  );
  comment on table city_entry is 'public | which institutions and training projects a city lists, and when; no level means all';
  alter table city_entry enable row level security;
  create policy everybody_reads on city_entry for select using (true);
  create policy city_writes on city_entry using (app_reach() in ('province', 'system') or (app_reach() = 'city' and city_code = app_city()));

  create table exam_site (
    id               uuid        primary key,
    organisation_id  uuid        not null references organisation,
    city_code        text        not null,
    name             text        not null,
    address          text        not null,
    seats            int         not null check (seats between 1 and 10000),
    occupation_codes text[],
    valid_from       date        not null,
    valid_to         date,
    closing_basis    text,
    recorded_at      timestamptz not null,
    version          int         not null default 1,
    check (valid_from <= valid_to)
  );
  comment on table exam_site is 'public | where exams are held; no occupations means all';
  create unique index exam_site_once on exam_site (organisation_id, name_key(name)) where closing_basis is null;
  create index exam_site_in on exam_site (city_code);
  alter table exam_site enable row level security;
  create policy everybody_reads on exam_site for select using (true);
  create policy own_writes on exam_site using (app_sees(organisation_id, null));

  create table staff (
    id              uuid        primary key,
    organisation_id uuid        not null references organisation,
    city_code       text        not null,
    kind            text        not null check (kind in ('teacher', 'examiner')),
    name_sealed     text        not null,
    name_index      text        not null,
    masked_name     text        not null,
    valid_from      date        not null,
    valid_to        date,
    end_basis       text,
    recorded_at     timestamptz not null,
    version         int         not null default 1,
    check (valid_from <= valid_to)
  );
  comment on table staff is 'personal | who teaches or examines for an institution';
  comment on column staff.name_sealed is 'sealed | the name, for the own institution | surname and stars';
  comment on column staff.name_index is 'sealed | finds somebody of the same name in the same institution | never shown';
  create index staff_of on staff (organisation_id, kind);
  alter table staff enable row level security;
  create policy reach on staff using (app_sees(organisation_id, city_code));

  create table staff_qualification (
    staff_id        uuid not null references staff,
    nth             int  not null,
    organisation_id uuid not null,
    city_code       text not null,
    occupation_code text not null references occupation,
    level           text check (level in ('junior', 'intermediate', 'senior')),
    certificate     text not null,
    source          text not null,
    valid_from      date not null,
    valid_to        date,
    primary key (staff_id, nth),
    unique nulls not distinct (staff_id, occupation_code, level),
    check (valid_from <= valid_to)
  );
  comment on table staff_qualification is 'personal | what a teacher or an examiner is qualified for; no level means all';
  alter table staff_qualification enable row level security;
  create policy reach on staff_qualification using (app_sees(organisation_id, city_code));`;
