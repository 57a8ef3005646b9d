/** What happens to plans after they were filed: amendments, returns, withdrawal. Officials see what is on file only. */
export const planLife = `
  alter table training_plan
    add column withdrawn_at     timestamptz,
    add column withdrawn_reason text,
    add column closed_at        timestamptz,
    add constraint training_plan_withdrawn check ((state = 'withdrawn') = (withdrawn_at is not null and withdrawn_reason is not null)),
    add constraint training_plan_closed check ((state = 'closed') = (closed_at is not null)),
    add constraint training_plan_on_file check (state <> 'filed' or filed_version = version);
  drop policy reach on training_plan;
  create policy reach on training_plan
    using (app_sees(organisation_id, city_code) and (app_reach() not in ('province', 'city') or filed_version is not null));

  alter table exam_plan
    add column filed_version    int check (filed_version <= version),
    add column first_filed_at   timestamptz,
    add column withdrawn_at     timestamptz,
    add column withdrawn_reason text,
    add column closed_at        timestamptz,
    drop constraint exam_plan_check1;
  update exam_plan set filed_version = version, first_filed_at = filed_at where filed_at is not null;
  alter table exam_plan
    add constraint exam_plan_withdrawn check ((state = 'withdrawn') = (withdrawn_at is not null and withdrawn_reason is not null)),
    add constraint exam_plan_closed check ((state = 'closed') = (closed_at is not null)),
    add constraint exam_plan_on_file check (state <> 'filed' or (filed_version = version and filed_at is not null));
  drop policy reach on exam_plan;
  create policy reach on exam_plan using (
    (app_sees(organisation_id, city_code) and (app_reach() not in ('province', 'city') or filed_version is not null))
    or (app_reach() = 'organisation' and evaluation_organisation_id = app_org())
  );

  drop policy reach on plan_version;
  create policy reach on plan_version using (
    case when app_reach() in ('province', 'city')
      then exists (select from filing where filing.plan_id = plan_version.plan_id and filing.version = plan_version.version)
      else app_sees(organisation_id, null)
    end
  );

  create table filing_return (
    id              uuid        primary key,
    filing_id       uuid        not null references filing,
    plan_id         uuid        not null,
    kind            text        not null check (kind in ('training', 'exam')),
    version         int         not null,
    recipient       text        not null check (recipient in ('department', 'city-bureau')),
    organisation_id uuid        not null,
    city_code       text        not null,
    sections        json        not null,
    returned_by     uuid        not null,
    returned_at     timestamptz not null,
    unique (plan_id, version, recipient)
  );
  comment on table filing_return is 'internal | 退回补正: what each recipient found incomplete, section by section';
  create index filing_return_of on filing_return (filing_id);
  alter table filing_return enable row level security;
  create policy reach on filing_return using (app_sees(organisation_id, city_code));

  create table exam_plan_session (
    session_id uuid    primary key,
    plan_id    uuid    not null,
    cancelled  boolean not null
  );
  comment on table exam_plan_session is 'internal | sessions that the evaluation institutions opened under exam plans, as assessment announced them';
  create index exam_plan_session_of on exam_plan_session (plan_id);
`;

/** 培训公告 that wait for somebody to look again, are taken down, or give way to another. */
export const announcementLife = `
  alter table announcement
    add column state           text not null default 'published' check (state in ('draft', 'published', 'withdrawn', 'replaced')),
    add column drafted_by      uuid,
    add column acknowledged    text[] not null default '{}',
    add column replaces        uuid references announcement,
    add column ended_at        timestamptz,
    add column ended_reason    text,
    alter column published_at drop not null,
    alter column published_by drop not null,
    add constraint announcement_shown check (
      case state when 'draft' then published_at is null when 'withdrawn' then true else published_at is not null end
    ),
    add constraint announcement_ended check ((state in ('withdrawn', 'replaced')) = (ended_at is not null and ended_reason is not null));
  create unique index announcement_one_replacement on announcement (replaces) where state <> 'draft';
  drop policy everybody on announcement;
  create policy everybody on announcement for select using (state = 'published');
  drop policy reach on announcement;
  create policy reach on announcement
    using (app_sees(organisation_id, city_code) and (app_reach() not in ('province', 'city') or state <> 'draft'));
`;
