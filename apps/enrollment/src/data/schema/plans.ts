/** Plans, what was filed of them, and the receipts for it. */
export const planTables = `
  create table training_plan (
    id              uuid        primary key,
    organisation_id uuid        not null,
    city_code       text        not null,
    occupation_code text        not null,
    edition         text        not null,
    level           text        not null check (level in ('junior', 'intermediate', 'senior')),
    direction       text        not null,
    planned_seats   int         not null check (planned_seats > 0),
    starts_on       date        not null,
    ends_on         date        not null,
    venue_city_code text        not null,
    venue_address   text        not null,
    course_book     text        not null,
    outline_edition text        not null,
    teachers        int,
    fee             text,
    state           text        not null check (state in ('draft', 'filed', 'amended', 'withdrawn', 'closed')),
    version         int         not null check (version > 0),
    filed_version   int         check (filed_version <= version),
    first_filed_at  timestamptz,
    filed_at        timestamptz,
    created_at      timestamptz not null,
    check ((state = 'draft') = (filed_version is null) or state in ('withdrawn', 'closed'))
  );
  comment on table training_plan is 'internal | 培训计划 as it stands now; city_code is the city whose bureau it is filed with';
  create index training_plan_of on training_plan (organisation_id, created_at);
  alter table training_plan enable row level security;
  create policy reach on training_plan using (app_sees(organisation_id, city_code));

  create table exam_plan (
    id                         uuid        primary key,
    training_plan_id           uuid        not null references training_plan,
    organisation_id            uuid        not null,
    city_code                  text        not null,
    evaluation_organisation_id uuid        not null,
    occupation_code            text        not null,
    edition                    text        not null,
    level                      text        not null,
    direction                  text        not null,
    exam_from                  date        not null,
    exam_to                    date        not null check (exam_to >= exam_from),
    site                       text        not null,
    planned_seats              int         not null check (planned_seats > 0),
    contact_sealed             text,
    state                      text        not null check (state in ('drafted', 'consented', 'refused', 'filed', 'withdrawn', 'closed')),
    version                    int         not null check (version > 0),
    answer_reason              text,
    answered_at                timestamptz,
    filed_at                   timestamptz,
    created_at                 timestamptz not null,
    check ((state = 'filed') = (filed_at is not null) or state in ('withdrawn', 'closed'))
  );
  comment on table exam_plan is 'internal | 考核计划, filed by the training institution once the evaluation institution consents';
  comment on column exam_plan.contact_sealed is 'sealed | who to call about the exam | shown to the institution itself only';
  create index exam_plan_of on exam_plan (organisation_id, created_at);
  create index exam_plan_under on exam_plan (training_plan_id);
  alter table exam_plan enable row level security;
  create policy reach on exam_plan
    using (app_sees(organisation_id, city_code) or app_sees(evaluation_organisation_id, null));

  create table plan_version (
    plan_id         uuid        not null,
    kind            text        not null check (kind in ('training', 'exam')),
    version         int         not null,
    organisation_id uuid        not null,
    content         json        not null,
    prepared_by     uuid        not null,
    prepared_at     timestamptz not null,
    primary key (plan_id, version)
  );
  comment on table plan_version is 'internal | every version of every plan, and who wrote it';
  alter table plan_version enable row level security;
  create policy reach on plan_version using (app_sees(organisation_id, null));

  create table filing (
    id              uuid        primary key,
    plan_id         uuid        not null,
    kind            text        not null check (kind in ('training', 'exam')),
    version         int         not null,
    organisation_id uuid        not null,
    city_code       text        not null,
    content         json        not null,
    sha256          text        not null,
    seats           int         not null,
    entry_ids       uuid[]      not null,
    rule_ids        uuid[]      not null,
    unverified      text[]      not null,
    filed_by        uuid        not null,
    filed_at        timestamptz not null,
    first_filed_at  timestamptz not null,
    unique (plan_id, version)
  );
  comment on table filing is 'internal | 备案: what was filed, word for word, with the directory entries and rules it was judged by';
  create index filing_queue on filing (filed_at);
  alter table filing enable row level security;
  create policy reach on filing using (app_sees(organisation_id, city_code));

  create table receipt (
    id              uuid        primary key,
    filing_id       uuid        not null references filing,
    plan_id         uuid        not null,
    kind            text        not null,
    version         int         not null,
    recipient       text        not null check (recipient in ('department', 'city-bureau')),
    organisation_id uuid        not null,
    city_code       text        not null,
    number          text        not null unique,
    received_by     uuid        not null,
    received_at     timestamptz not null,
    unique (plan_id, version, recipient)
  );
  comment on table receipt is 'internal | 回执: the province and the city each give one for each filing';
  alter table receipt enable row level security;
  create policy reach on receipt using (app_sees(organisation_id, city_code));

  create table receipt_series (
    series text not null,
    year   int  not null,
    last   int  not null check (last > 0),
    primary key (series, year)
  );
  comment on table receipt_series is 'internal | the last number given in each series and year; its lock keeps the series without a gap';

  create table announcement (
    id              uuid        primary key,
    plan_id         uuid        not null references training_plan,
    organisation_id uuid        not null,
    city_code       text        not null,
    text            text        not null,
    sha256          text        not null,
    warnings        text[]      not null,
    published_by    uuid        not null,
    published_at    timestamptz not null
  );
  comment on table announcement is 'public | 培训公告, kept word for word';
  create index announcement_of on announcement (plan_id);
  alter table announcement enable row level security;
  create policy reach on announcement using (app_sees(organisation_id, city_code));
  create policy everybody on announcement for select using (true);
`;
