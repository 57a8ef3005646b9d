/** Lessons, attendance, the completion exam, and what follows from it. */
export const completionTables = `
  create table lesson (
    id              uuid         primary key,
    class_id        uuid         not null references training_class,
    organisation_id uuid         not null,
    city_code       text         not null,
    reference       text         not null,
    held_on         date         not null,
    mode            text         not null check (mode in ('online', 'offline')),
    kind            text         not null check (kind in ('theory', 'practice')),
    hours           numeric(4,1) not null check (hours > 0 and hours <= 24),
    topic           text         not null,
    teacher_sealed  text         not null,
    recorded_by     uuid         not null,
    recorded_at     timestamptz  not null,
    unique (class_id, reference)
  );
  comment on table lesson is 'internal | 课次 as held';
  comment on column lesson.teacher_sealed is 'sealed | 教师姓名 | 张*';
  alter table lesson enable row level security;
  create policy reach on lesson using (app_sees(organisation_id, city_code));

  create table attendance (
    lesson_id       uuid        not null references lesson,
    enrolment_id    uuid        not null references enrolment,
    class_id        uuid        not null references training_class,
    organisation_id uuid        not null,
    city_code       text        not null,
    present         boolean     not null,
    recorded_by     uuid        not null,
    recorded_at     timestamptz not null,
    primary key (lesson_id, enrolment_id)
  );
  comment on table attendance is 'personal | 考勤: who was there';
  create index attendance_of on attendance (enrolment_id);
  alter table attendance enable row level security;
  create policy reach on attendance using (app_sees(organisation_id, city_code));

  create table completion_result (
    id              uuid        primary key,
    enrolment_id    uuid        not null references enrolment,
    class_id        uuid        not null references training_class,
    organisation_id uuid        not null,
    city_code       text        not null,
    exam_on         date        not null,
    passed          boolean     not null,
    recorded_by     uuid        not null,
    recorded_at     timestamptz not null,
    superseded_at   timestamptz
  );
  comment on table completion_result is 'personal | 结业考核 results; a later one supersedes an earlier one and both stay';
  create unique index completion_result_one on completion_result (enrolment_id) where superseded_at is null;
  create index completion_result_of on completion_result (class_id);
  alter table completion_result enable row level security;
  create policy reach on completion_result using (app_sees(organisation_id, city_code));

  create table training_certificate (
    id              uuid        primary key,
    enrolment_id    uuid        not null unique references enrolment,
    class_id        uuid        not null references training_class,
    person_id       uuid        not null references person,
    organisation_id uuid        not null,
    city_code       text        not null,
    number          text,
    issued_on       date        not null,
    issued_by       uuid        not null,
    issued_at       timestamptz not null,
    unique (organisation_id, number)
  );
  comment on table training_certificate is 'personal | 培训合格证书; the number is the issuer’s own, empty while no format is known';
  create index training_certificate_of on training_certificate (class_id);
  alter table training_certificate enable row level security;
  create policy reach on training_certificate
    using (app_sees(organisation_id, city_code) or (app_reach() = 'self' and person_id = app_person()));

  create table training_report (
    id               uuid        primary key,
    class_id         uuid        not null unique references training_class,
    organisation_id  uuid        not null,
    city_code        text        not null,
    figures          json        not null,
    remarks          text,
    sha256           text        not null,
    completed_on     date        not null,
    due_on           date        not null,
    effective_due_on date        not null,
    provisional      boolean     not null,
    on_time          boolean     not null,
    document         text        not null,
    article          text        not null,
    receipt_number   text        not null unique,
    filed_by         uuid        not null,
    filed_on         date        not null,
    filed_at         timestamptz not null,
    check (on_time = (filed_on <= effective_due_on))
  );
  comment on table training_report is 'internal | 学员名单和培训情况 as filed, and by which day it was due';
  alter table training_report enable row level security;
  create policy reach on training_report using (app_sees(organisation_id, city_code));
`;
