import { sqlMigration } from '@shuzheng/platform';

/** Who is invited, who may not apply, and who sits where. */
export const keepCandidates = sqlMigration(
  1023,
  'KeepCandidates',
  `
    create table session_invitation (
      session_id      uuid        not null references session,
      person_id       uuid        not null,
      class_id        uuid        not null,
      organisation_id uuid        not null,
      city_code       text        not null,
      due_on          date        not null,
      invited_by      uuid        not null,
      invited_at      timestamptz not null,
      primary key (session_id, person_id)
    );
    comment on table session_invitation is 'personal | learners an institution has asked to apply, and until when';
    create index session_invitation_of on session_invitation (person_id);
    alter table session_invitation enable row level security;
    create policy reach on session_invitation using (
      app_sees(organisation_id, city_code) or (app_reach() = 'self' and person_id = app_person()));

    create table dishonesty (
      id            uuid        primary key,
      document_kind text        not null,
      name_sealed   text        not null,
      number_sealed text        not null,
      name_index    text        not null,
      number_index  text        not null,
      kind          text        not null,
      decision      text        not null,
      valid_from    date        not null,
      valid_to      date        check (valid_to >= valid_from),
      recorded_by   uuid        not null,
      recorded_at   timestamptz not null,
      lifted_on     date,
      lift_reason   text        check (lifted_on is null or lift_reason is not null),
      lifted_by     uuid
    );
    comment on table dishonesty is 'sealed | 失信 list: who may not apply with a commitment, by which decision and until when; no last day is for long';
    comment on column dishonesty.name_sealed is 'sealed | shown to the department | 张*';
    comment on column dishonesty.number_sealed is 'sealed | shown to the department | 370102********1234';
    comment on column dishonesty.name_index is 'sealed | equality of names | never shown';
    comment on column dishonesty.number_index is 'sealed | equality of numbers | never shown';
    create unique index dishonesty_one on dishonesty (number_index, decision) where lifted_on is null;
    alter table dishonesty enable row level security;
    create policy reach on dishonesty using (app_sees(null, null));

    -- Across institutions only this may be known: that a number is barred on a day, by which decision and until when.
    create function barred_on(numbers text[], day date)
    returns table (number_index text, decision text, valid_to date)
    language sql stable security definer set search_path = assessment, pg_temp as $$
      select distinct on (d.number_index) d.number_index, d.decision, d.valid_to
      from dishonesty as d
      where d.number_index = any(numbers) and d.lifted_on is null and d.valid_from <= day
        and (d.valid_to is null or day <= d.valid_to)
      order by d.number_index, d.valid_to desc nulls first $$;

    create table session_seating (
      session_id      uuid        primary key references session,
      organisation_id uuid        not null,
      city_code       text        not null,
      seed            text        not null,
      rooms           json        not null,
      version         int         not null,
      seated          int         not null,
      made_by         uuid        not null,
      made_at         timestamptz not null
    );
    comment on table session_seating is 'internal | by which seed and in which rooms the candidates of a session were seated';
    alter table session_seating enable row level security;
    create policy reach on session_seating using (app_sees(organisation_id, city_code));

    create table candidate_seat (
      application_id  uuid primary key references application,
      session_id      uuid not null references session,
      organisation_id uuid not null,
      city_code       text not null,
      person_id       uuid not null,
      room            text not null,
      seat            int  not null check (seat > 0),
      unique (session_id, room, seat)
    );
    comment on table candidate_seat is 'personal | where a candidate sits';
    alter table candidate_seat enable row level security;
    create policy reach on candidate_seat using (
      app_sees(organisation_id, city_code) or (app_reach() = 'self' and person_id = app_person()));

    -- An institution sees whoever finished a class of a plan whose exam it was asked to hold, and how far they have come with it.
    create function pipeline()
    returns table (id text, class_id uuid, person_id uuid, training_plan_id uuid, training_organisation_id uuid, city_code text,
      occupation_code text, edition text, level text, direction text, completed_on date, name_sealed text, session_id uuid,
      state text, exam_on date)
    language sql stable security definer set search_path = assessment, pg_temp as $$
      select c.class_id || '/' || c.person_id, c.class_id, c.person_id, c.training_plan_id, c.organisation_id, c.city_code,
        c.occupation_code, c.edition, c.level, c.direction, c.completed_on, p.name_sealed, latest.session_id,
        coalesce(latest.state, 'not-applied'), coalesce(latest.exam_on, planned.exam_on)
      from known_completion as c
      join known_person as p on p.person_id = c.person_id
      left join lateral (
        select min(x.exam_from) as exam_on from known_exam_plan as x
        where x.training_plan_id = c.training_plan_id and x.withdrawn_on is null
          and (app_reach() <> 'organisation' or x.evaluation_organisation_id = app_org())
      ) as planned on true
      left join lateral (
        select a.session_id, greatest(s.theory_on, s.ability_on) as exam_on,
          case when r.outcome = 'passed' and r.state = 'released' then 'passed'
            when s.state not in ('planned', 'open') then 'sat'
            when a.state = 'qualified' then 'qualified' else 'applied' end as state
        from application as a
        join session as s on s.id = a.session_id
        left join result as r on r.application_id = a.id and r.state <> 'void'
        where a.person_id = c.person_id and a.class_id = c.class_id and a.state in ('submitted', 'qualified')
          and (app_reach() <> 'organisation' or a.organisation_id = app_org())
        order by (r.outcome = 'passed' and r.state = 'released') is true desc, a.applied_at desc limit 1
      ) as latest on true
      where not exists (select from known_withdrawal as w where w.enrolment_id = c.enrolment_id)
        and case app_reach()
          when 'system' then true
          when 'province' then true
          when 'city' then c.city_code = app_city()
          when 'organisation' then planned.exam_on is not null
          else false end $$;

    -- A city sees how the reports of its sessions stand.
    create policy city on known_decision for select using (
      app_reach() = 'city' and exists (select from session as s where s.id = session_id and s.city_code = app_city()));
    create policy city on result_report_row for select using (
      app_reach() = 'city' and exists (select from result as r where r.id = result_id and r.city_code = app_city()));`,
);
