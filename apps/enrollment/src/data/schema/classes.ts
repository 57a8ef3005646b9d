/** Classes, people, and who is in which class. */
export const classTables = `
  create table training_class (
    id              uuid        primary key,
    plan_id         uuid        not null references training_plan,
    filing_id       uuid        not null references filing,
    organisation_id uuid        not null,
    city_code       text        not null,
    occupation_code text        not null,
    edition         text        not null,
    level           text        not null,
    direction       text        not null,
    name            text        not null,
    starts_on       date        not null,
    ends_on         date        not null check (ends_on >= starts_on),
    state           text        not null check (state in ('announced', 'enrolling', 'running', 'completed', 'reported', 'archived', 'cancelled')),
    entry_id        uuid        not null,
    opened_at       timestamptz not null,
    started_at      timestamptz,
    completed_on    date,
    completed_by    uuid,
    check (state not in ('completed', 'reported', 'archived') or completed_on is not null)
  );
  comment on table training_class is 'internal | 培训班, with the directory entry that covered its first day';
  create index training_class_of on training_class (organisation_id, opened_at);
  alter table training_class enable row level security;
  create policy reach on training_class using (app_sees(organisation_id, city_code));

  create table person (
    id            uuid        primary key,
    document_kind text        not null,
    number_sealed text        not null,
    number_index  text        not null unique,
    name_sealed   text        not null,
    name_index    text        not null,
    met_at        timestamptz not null
  );
  comment on table person is 'sealed | the human being behind every enrolment, under an id that never changes';
  comment on column person.number_sealed is 'sealed | 证件号码 | 370102********1234';
  comment on column person.number_index is 'sealed | equality of document numbers by family | never shown';
  comment on column person.name_sealed is 'sealed | 姓名 as first enrolled | 张*';
  comment on column person.name_index is 'sealed | equality of names | never shown';

  create table enrolment (
    id               uuid        primary key,
    class_id         uuid        not null references training_class,
    person_id        uuid        not null references person,
    organisation_id  uuid        not null,
    city_code        text        not null,
    roster_id        uuid,
    place            int         not null,
    reference        text,
    phone_sealed     text        not null,
    education        text        not null,
    employer         text        not null,
    category         text        not null,
    state            text        not null check (state in ('enrolled', 'completed', 'withdrawn')),
    passed           boolean,
    enrolled_at      timestamptz not null,
    withdrawn_at     timestamptz,
    withdrawn_reason text,
    unique (class_id, place),
    check ((state = 'completed') = (passed is not null)),
    check ((state = 'withdrawn') = (withdrawn_reason is not null))
  );
  comment on table enrolment is 'personal | a seat in a class; place is the order of the roster';
  comment on column enrolment.phone_sealed is 'sealed | 联系电话 as the institution was told it | 138****5678';
  -- The rule already-enrolled tells the institution; this index makes it impossible.
  create unique index enrolment_one_live on enrolment (person_id, class_id) where state <> 'withdrawn';
  create index enrolment_of_class on enrolment (class_id);
  alter table enrolment enable row level security;
  create policy reach on enrolment
    using (app_sees(organisation_id, city_code) or (app_reach() = 'self' and person_id = app_person()));

  alter table person enable row level security;
  create policy reach on person using (
    app_reach() in ('system', 'province')
    or (app_reach() = 'self' and id = app_person())
    or (app_reach() in ('organisation', 'city')
        and exists (select from enrolment where person_id = person.id and app_sees(organisation_id, city_code)))
  );

  -- People are found across institutions here and nowhere else. It tells the id and whether the name is the same; it
  -- locks them, so that two institutions cannot both find somebody free.
  create function meet_people(ids uuid[], kinds text[], numbers text[], number_indexes text[], names text[], name_indexes text[], at timestamptz)
  returns table (met uuid, same_name boolean)
  language plpgsql security definer set search_path = enrollment, pg_temp as $$
  begin
    insert into person (id, document_kind, number_sealed, number_index, name_sealed, name_index, met_at)
    select given.id, given.kind, given.number, given.number_index, given.name, given.name_index, at
    from unnest(ids, kinds, numbers, number_indexes, names, name_indexes) as given (id, kind, number, number_index, name, name_index)
    order by given.number_index
    on conflict (number_index) do nothing;

    perform from person where person.number_index = any(number_indexes) order by person.number_index for update;

    return query
    select person.id, person.name_index = given.name_index
    from unnest(number_indexes, name_indexes) with ordinality as given (number_index, name_index, place)
    join person on person.number_index = given.number_index
    order by given.place;
  end $$;

  -- Whether somebody sits in another class on the same days: it answers with row numbers, and with nothing of the class.
  create function overlapping_rows(people uuid[], class uuid, first_day date, last_day date) returns table (place int)
  language sql stable security definer set search_path = enrollment, pg_temp as $$
    select given.place::int
    from unnest(people) with ordinality as given (person, place)
    where exists (
      select from enrolment join training_class as other on other.id = enrolment.class_id
      where enrolment.person_id = given.person and enrolment.state = 'enrolled' and other.id <> class
        and other.state in ('announced', 'enrolling', 'running')
        and other.starts_on <= last_day and first_day <= other.ends_on
    )
    order by given.place
  $$;
`;
