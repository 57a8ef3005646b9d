/** Who confirmed a rule, when it was withdrawn, what is drafted, and what occupations were called before. */
export const ruleHistory = `
  alter table rule_record add withdrawn_on date, add withdrawal_reason text, add recorded_by uuid,
    add replaces uuid references rule_record, add version int not null default 1,
    add check ((withdrawn_on is null) = (withdrawal_reason is null));
  update rule_record set recorded_by = confirmed_by;

  create table rule_draft (
    id           uuid        primary key,
    rule         text        not null,
    scope        text        not null,
    edition      text,
    level        text        check (level in ('junior', 'intermediate', 'senior')),
    value        jsonb       check (jsonb_typeof(value) = 'object'),
    valid_from   date        not null,
    valid_to     date,
    document     text        not null,
    article      text        not null,
    confidence   text        not null check (confidence in ('T', 'T2', 'C', 'R', 'I', 'G')),
    replaces     uuid        references rule_record,
    state        text        not null default 'draft' check (state in ('draft', 'confirmed', 'discarded')),
    recorded_by  uuid        not null,
    recorded_at  timestamptz not null,
    decided_by   uuid,
    decided_at   timestamptz,
    reason       text,
    rule_id      uuid        references rule_record,
    check ((state = 'draft') = (decided_by is null)),
    check ((state = 'confirmed') = (rule_id is not null)),
    constraint four_eyes check (state <> 'confirmed' or decided_by <> recorded_by)
  );
  comment on table rule_draft is 'internal | rules that somebody has drafted and another person confirms';
  alter table rule_draft enable row level security;
  create policy province on rule_draft using (app_reach() in ('province', 'system'));

  alter table occupation add version int not null default 1, add changed_by uuid;
  create table occupation_version (
    code               text        not null references occupation,
    version            int         not null,
    name               text        not null,
    current_code       text,
    current_confidence text        not null,
    former_code        text,
    former_confidence  text,
    confidence         text        not null,
    source             text        not null,
    note               text,
    changed_at         timestamptz not null,
    changed_by         uuid,
    primary key (code, version)
  );
  comment on table occupation_version is 'public | every version of an occupation that the department recorded, and the one before';`;
