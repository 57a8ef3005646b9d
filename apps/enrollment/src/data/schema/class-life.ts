/** What happens to classes and seats after they were made: other dates, late entry, moves, cancellation, the archive. */
export const classLife = `
  alter table training_class
    add column version          int     not null default 1 check (version > 0),
    add column due_on           date,
    add column effective_due_on date,
    add column extended_due_on  date,
    add column cancelled_on     date,
    add column cancelled_reason text,
    add column cancelled_text   text,
    add column archived_at      timestamptz,
    add constraint training_class_cancelled check ((state = 'cancelled') = (cancelled_reason is not null and cancelled_on is not null)),
    add constraint training_class_archived check ((state = 'archived') = (archived_at is not null)),
    add constraint training_class_started check (state not in ('running', 'completed', 'reported', 'archived') or started_at is not null);
  create index training_class_due on training_class (effective_due_on) where state = 'completed';

  create table class_moment (
    id              uuid        primary key,
    place           bigint      generated always as identity,
    class_id        uuid        not null references training_class,
    organisation_id uuid        not null,
    city_code       text        not null,
    kind            text        not null,
    role            text        not null,
    account_id      uuid,
    detail          json        not null,
    at              timestamptz not null
  );
  comment on table class_moment is 'internal | 培训班的办理经过: what happened when, by which role; counts, days and codes only';
  create index class_moment_of on class_moment (class_id, place);
  alter table class_moment enable row level security;
  create policy reach on class_moment using (app_sees(organisation_id, city_code));

  insert into class_moment (id, class_id, organisation_id, city_code, kind, role, detail, at)
  select gen_random_uuid(), id, organisation_id, city_code, kind, role, '{}', at from (
    select id, organisation_id, city_code, 'opened' as kind, 'training-preparer' as role, opened_at as at from training_class
    union all
    select id, organisation_id, city_code, 'started', 'training-preparer', started_at from training_class where started_at is not null
  ) as known order by at;
`;

/** Somebody whose entries were merged sits in a class under whichever of them. */
export const overlapsOfOnePerson = `
  create index person_merged on person (merged_into) where merged_into is not null;
  create or replace function overlapping_rows(people uuid[], class uuid, first_day date, last_day date) returns table (place int)
  language sql stable security definer set search_path = enrollment, pg_temp as $$
    select given.place::int
    from unnest(people) with ordinality as given (person, place)
    where exists (
      select from enrolment join training_class as other on other.id = enrolment.class_id
      where enrolment.person_id in (
          select given.person union select entry.id from person as entry where entry.merged_into = given.person
          union select entry.merged_into from person as entry where entry.id = given.person
        )
        and enrolment.state = 'enrolled' and other.id <> class
        and other.state in ('announced', 'enrolling', 'running')
        and other.starts_on <= last_day and first_day <= other.ends_on
    )
    order by given.place
  $$;
`;

/** From each person to their seats: asked seat by seat, whose it is, every row looked at every seat of the province. */
export const overlapsByPerson = `
  create or replace function overlapping_rows(people uuid[], class uuid, first_day date, last_day date) returns table (place int)
  language sql stable security definer set search_path = enrollment, pg_temp as $$
    select distinct given.place::int
    from unnest(people) with ordinality as given (person, place)
    cross join lateral (
      select given.person
      union all select later.id from person as later where later.merged_into = given.person
      union all select earlier.merged_into from person as earlier where earlier.id = given.person
    ) as entry (person)
    join enrolment on enrolment.person_id = entry.person and enrolment.state = 'enrolled'
    join training_class as other on other.id = enrolment.class_id and other.id <> class
      and other.state in ('announced', 'enrolling', 'running')
      and other.starts_on <= last_day and first_day <= other.ends_on
    order by 1
  $$;
`;

export const archiving = `insert into timer (kind, key, run_at) values ('archive-classes', 'first', '2020-01-01')`;

export const enrolmentLife = `
  alter table enrolment
    add column withdrawn_text text,
    add column late_on        date,
    add column late_reason    text,
    add column late_basis     text check (late_basis in ('rule', 'unverified')),
    add column late_rule_id   uuid,
    add column moved_from     uuid references enrolment,
    add column hours_carried  numeric(7,1) not null default 0 check (hours_carried >= 0);
  -- Until now the reason was free text.
  update enrolment set withdrawn_text = withdrawn_reason, withdrawn_reason = 'other' where state = 'withdrawn';
  alter table enrolment
    add constraint enrolment_withdrawn check (withdrawn_reason in
      ('own-wish', 'illness', 'moved', 'entered-wrongly', 'absent-too-long', 'class-cancelled', 'other')),
    add constraint enrolment_late check ((late_on is null) = (late_reason is null) and (late_on is null) = (late_basis is null));
  create unique index enrolment_moved_once on enrolment (moved_from);
`;

/** Lessons that are put right or removed, attendance with its corrections, sheets that were scanned. */
export const teachingLife = `
  alter table lesson
    add column version        int not null default 1 check (version > 0),
    add column place          text,
    add column staff_id       uuid,
    add column removed_at     timestamptz,
    add column removed_by     uuid,
    add column removed_reason text,
    drop constraint lesson_class_id_reference_key,
    add constraint lesson_removed check ((removed_at is null) = (removed_reason is null) and (removed_at is null) = (removed_by is null));
  create unique index lesson_reference on lesson (class_id, reference) where removed_at is null;

  create table lesson_version (
    lesson_id       uuid        not null references lesson,
    version         int         not null,
    organisation_id uuid        not null,
    city_code       text        not null,
    content         json        not null,
    teacher_sealed  text        not null,
    replaced_by     uuid        not null,
    replaced_at     timestamptz not null,
    primary key (lesson_id, version)
  );
  comment on table lesson_version is 'internal | 课次 as it was recorded before it was changed';
  comment on column lesson_version.teacher_sealed is 'sealed | 教师姓名 | 张*';
  alter table lesson_version enable row level security;
  create policy reach on lesson_version using (app_sees(organisation_id, city_code));

  create table attendance_change (
    id              uuid        primary key,
    lesson_id       uuid        not null references lesson,
    enrolment_id    uuid        not null references enrolment,
    organisation_id uuid        not null,
    city_code       text        not null,
    was_present     boolean     not null,
    recorded_by     uuid        not null,
    recorded_at     timestamptz not null,
    changed_by      uuid        not null,
    changed_at      timestamptz not null
  );
  comment on table attendance_change is 'personal | 考勤更正: what stood before, who had recorded it and who changed it';
  create index attendance_change_of on attendance_change (lesson_id);
  alter table attendance_change enable row level security;
  create policy reach on attendance_change using (app_sees(organisation_id, city_code));

  create table lesson_evidence (
    id              uuid        primary key,
    lesson_id       uuid        not null references lesson,
    class_id        uuid        not null references training_class,
    organisation_id uuid        not null,
    city_code       text        not null,
    file_id         uuid        not null,
    sha256          text        not null,
    media_type      text        not null,
    bytes           int         not null check (bytes > 0),
    uploaded_by     uuid        not null,
    uploaded_at     timestamptz not null,
    unique (lesson_id, sha256)
  );
  comment on table lesson_evidence is 'personal | 签到表等佐证材料 of a lesson';
  alter table lesson_evidence enable row level security;
  create policy reach on lesson_evidence using (app_sees(organisation_id, city_code));

  create table known_staff (
    staff_id        uuid not null primary key,
    organisation_id uuid not null,
    kind            text not null,
    masked_name     text not null,
    valid_from      date not null,
    valid_to        date
  );
  comment on table known_staff is 'internal | copy of the institutions service: 师资, by masked name';
  alter table known_staff enable row level security;
  create policy reach on known_staff using (app_reach() = 'city' or app_sees(organisation_id, null));

  alter table completion_result
    add column absent boolean not null default false,
    add constraint completion_result_absent check (not (absent and passed));
`;
