/** A person under several numbers and names over time, and two entries that turn out to be one person. */
export const personLife = `
  alter table person
    add column version     int  not null default 1 check (version > 0),
    add column birth_index text,
    add column merged_into uuid references person check (merged_into <> id);
  comment on column person.birth_index is 'sealed | equality of name and birth date together | never shown';
  create index person_by_name on person (name_index);
  create index person_by_birth on person (birth_index);

  alter table enrolment add column phone_index text;
  comment on column enrolment.phone_index is 'sealed | equality of phones | never shown';
  create index enrolment_by_phone on enrolment (phone_index);
  create index enrolment_of_person on enrolment (person_id);

  create table person_number (
    number_index text        primary key,
    person_id    uuid        not null references person deferrable initially deferred,
    known_at     timestamptz not null
  );
  comment on table person_number is 'sealed | every document number a person was ever known by; a number never goes over to anybody else';
  comment on column person_number.number_index is 'sealed | equality of document numbers by family | never shown';
  insert into person_number select number_index, id, met_at from person;
  -- A table whose rows are still to be checked cannot be altered.
  set constraints all immediate;
  alter table person_number enable row level security;
  create policy reach on person_number using (app_reach() in ('system', 'province'));

  create table person_version (
    person_id     uuid        not null references person,
    version       int         not null,
    document_kind text        not null,
    number_sealed text        not null,
    name_sealed   text        not null,
    amendment_id  uuid        not null,
    replaced_at   timestamptz not null,
    primary key (person_id, version)
  );
  comment on table person_version is 'sealed | what was known of a person before each change';
  comment on column person_version.number_sealed is 'sealed | 证件号码, sealed in its place in person | 370102********1234';
  comment on column person_version.name_sealed is 'sealed | 姓名, sealed in its place in person | 张*';
  alter table person_version enable row level security;
  create policy reach on person_version using (app_reach() in ('system', 'province'));

  create table person_amendment (
    id              uuid        primary key,
    enrolment_id    uuid        not null references enrolment,
    person_id       uuid        not null references person,
    organisation_id uuid        not null,
    name_sealed     text,
    document_kind   text,
    number_sealed   text,
    phone_sealed    text,
    reason          text        not null,
    evidence_sha256 text,
    state           text        not null check (state in ('proposed', 'approved', 'refused')),
    proposed_by     uuid        not null,
    proposed_at     timestamptz not null,
    decided_by      uuid,
    decided_at      timestamptz,
    refused_reason  text,
    check ((document_kind is null) = (number_sealed is null)),
    check (coalesce(name_sealed, number_sealed, phone_sealed) is not null),
    check ((state = 'proposed') = (decided_by is null)),
    check ((state = 'refused') = (refused_reason is not null)),
    check (decided_by <> proposed_by)
  );
  comment on table person_amendment is 'personal | 人员信息变更: asked for by an institution, decided by the department';
  comment on column person_amendment.name_sealed is 'sealed | 变更后的姓名 | 张*';
  comment on column person_amendment.number_sealed is 'sealed | 变更后的证件号码 | 370102********1234';
  comment on column person_amendment.phone_sealed is 'sealed | 变更后的联系电话 | 138****5678';
  create unique index person_amendment_one_open on person_amendment (person_id) where state = 'proposed';
  alter table person_amendment enable row level security;
  create policy reach on person_amendment using (app_sees(organisation_id, null));

  create table merge_proposal (
    id             uuid        primary key,
    person_id      uuid        not null references person,
    other_id       uuid        not null references person check (other_id <> person_id),
    signals        text[]      not null,
    state          text        not null check (state in ('found', 'confirmed', 'approved', 'dismissed', 'refused')),
    found_at       timestamptz not null,
    reason         text,
    confirmed_by   uuid,
    confirmed_at   timestamptz,
    decided_by     uuid,
    decided_at     timestamptz,
    decided_reason text,
    check ((state in ('confirmed', 'approved')) <= (confirmed_by is not null and reason is not null)),
    check (state <> 'approved' or decided_by <> confirmed_by)
  );
  comment on table merge_proposal is 'internal | 人员合并: two entries that may be one person; person_id is the one that stays';
  create unique index merge_proposal_one on merge_proposal (least(person_id, other_id), greatest(person_id, other_id));
  alter table merge_proposal enable row level security;
  create policy reach on merge_proposal using (app_reach() in ('system', 'province'));
`;

export const personFunctions = `
  -- The entry that a person goes on under after a merge.
  create function canonical_person(asked uuid) returns uuid
  language sql stable security definer set search_path = enrollment, pg_temp as $$
    select coalesce(merged_into, id) from person where id = asked
  $$;

  -- Who has this number and this name together; a wrong pair is nobody.
  create function person_of(number text, name text) returns uuid
  language sql stable security definer set search_path = enrollment, pg_temp as $$
    select canonical.id from person_number
    join person as owner on owner.id = person_number.person_id
    join person as canonical on canonical.id = coalesce(owner.merged_into, owner.id)
    where person_number.number_index = number and name in (owner.name_index, canonical.name_index)
  $$;

  -- People are found across institutions here and nowhere else. It tells the id and whether the name is the same; it
  -- locks them, so that two institutions cannot both find somebody free. A number leads to its person for ever.
  drop function meet_people;
  create function meet_people(ids uuid[], kinds text[], numbers text[], number_indexes text[], names text[], name_indexes text[], birth_indexes text[], at timestamptz)
  returns table (met uuid, same_name boolean)
  language plpgsql security definer set search_path = enrollment, pg_temp as $$
  begin
    insert into person_number (number_index, person_id, known_at)
    select given.number_index, given.id, at from unnest(ids, number_indexes) as given (id, number_index)
    order by given.number_index
    on conflict (number_index) do nothing;

    insert into person (id, document_kind, number_sealed, number_index, name_sealed, name_index, birth_index, met_at)
    select given.id, given.kind, given.number, given.number_index, given.name, given.name_index, given.birth_index, at
    from unnest(ids, kinds, numbers, number_indexes, names, name_indexes, birth_indexes)
      as given (id, kind, number, number_index, name, name_index, birth_index)
    join person_number on person_number.number_index = given.number_index and person_number.person_id = given.id;

    perform from person where person.id in (
      select unnest(array[owner.id, coalesce(owner.merged_into, owner.id)])
      from person_number join person as owner on owner.id = person_number.person_id
      where person_number.number_index = any(number_indexes)
    ) order by person.id for update;

    return query
    select canonical.id, given.name_index in (canonical.name_index, owner.name_index)
    from unnest(number_indexes, name_indexes) with ordinality as given (number_index, name_index, place)
    join person_number on person_number.number_index = given.number_index
    join person as owner on owner.id = person_number.person_id
    join person as canonical on canonical.id = coalesce(owner.merged_into, owner.id)
    order by given.place;
  end $$;

  -- Two entries under one name with one phone, or with one birth date, may be one person. Only the department sees it.
  create function propose_merges(people uuid[], at timestamptz) returns void
  language sql security definer set search_path = enrollment, pg_temp as $$
    insert into merge_proposal (id, person_id, other_id, signals, state, found_at)
    select gen_random_uuid(), pair.first, pair.later, array_agg(distinct pair.signal), 'found', at
    from (
      select case when (other.met_at, other.id) < (person.met_at, person.id) then other.id else person.id end as first,
        case when (other.met_at, other.id) < (person.met_at, person.id) then person.id else other.id end as later, 'same-birth-date' as signal
      from person join person as other on other.birth_index = person.birth_index and other.id <> person.id
      where person.id = any(people) and person.merged_into is null and other.merged_into is null
      union all
      select case when (other.met_at, other.id) < (person.met_at, person.id) then other.id else person.id end,
        case when (other.met_at, other.id) < (person.met_at, person.id) then person.id else other.id end, 'same-phone'
      from person join enrolment as seat on seat.person_id = person.id
      join enrolment as elsewhere on elsewhere.phone_index = seat.phone_index and elsewhere.person_id <> person.id
      join person as other on other.id = elsewhere.person_id and other.name_index = person.name_index
      where person.id = any(people) and person.merged_into is null and other.merged_into is null
    ) as pair
    group by pair.first, pair.later
    on conflict do nothing
  $$;
`;

/** A learner reads the own record: every seat, and what it says of the class, the lessons and the certificate. */
export const ownRecord = `
  drop policy reach on enrolment;
  create policy reach on enrolment using (
    app_sees(organisation_id, city_code)
    or (app_reach() = 'self' and person_id = (select canonical_person(app_person())))
  );
  create policy own on training_class for select using (
    app_reach() = 'self' and exists (select from enrolment where enrolment.class_id = training_class.id)
  );
  create policy own on lesson for select using (
    app_reach() = 'self' and exists (select from enrolment where enrolment.class_id = lesson.class_id)
  );
  create policy own on attendance for select using (
    app_reach() = 'self' and exists (select from enrolment where enrolment.id = attendance.enrolment_id)
  );
  create policy own on training_certificate for select using (
    app_reach() = 'self' and exists (select from enrolment where enrolment.id = training_certificate.enrolment_id)
  );
`;
