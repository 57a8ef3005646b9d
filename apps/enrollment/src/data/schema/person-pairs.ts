/**
 * Somebody new is held against the five of each likeness who have been known longest. Against everybody it would be, where
 * many have one name and one phone, as many pairs as people squared, written within an enrolment.
 */
export const pairsWithTheFirst = `
  create function likely_same(asked uuid) returns table (other uuid, other_met_at timestamptz, signal text)
  language sql stable set search_path = enrollment, pg_temp as $$
    (
      select other.id, other.met_at, 'same-birth-date'
      from person join person as other on other.birth_index = person.birth_index and other.id <> person.id
      where person.id = asked and other.merged_into is null
      order by other.met_at, other.id limit 5
    )
    union all
    (
      select distinct other.id, other.met_at, 'same-phone'
      from person join enrolment as seat on seat.person_id = person.id
      join enrolment as elsewhere on elsewhere.phone_index = seat.phone_index and elsewhere.person_id <> person.id
      join person as other on other.id = elsewhere.person_id and other.name_index = person.name_index
      where person.id = asked and other.merged_into is null
      order by other.met_at, other.id limit 5
    )
  $$;

  create or replace function propose_merges(people uuid[], at timestamptz) returns void
  language sql security definer set search_path = enrollment, pg_temp as $$
    insert into merge_proposal (id, person_id, other_id, signals, state, found_at)
    select gen_random_uuid(), pair.first, pair.later, array_agg(distinct pair.signal), 'found', at
    from (
      select
        case when (other_met_at, other) < (person.met_at, person.id) then other else person.id end as first,
        case when (other_met_at, other) < (person.met_at, person.id) then person.id else other end as later, signal
      from person cross join likely_same(person.id)
      where person.id = any(people) and person.merged_into is null
    ) as pair
    group by pair.first, pair.later
    on conflict do nothing
  $$;
`;
