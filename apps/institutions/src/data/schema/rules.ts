/** What is trained and examined, and by which rules. Everybody reads, only the province writes. */
export const rules = `
  create table occupation (
    code              text primary key,
    name              text not null,
    current_code      text,
    current_confidence text not null,
    former_code       text,
    former_confidence text,
    confidence        text not null,
    source            text not null,
    note              text,
    check (current_confidence not in ('R', 'G') or current_code is null),
    check (coalesce(former_confidence, 'G') not in ('R', 'G') or former_code is null)
  );
  comment on table occupation is 'public | the occupations, with the codes of both classifications as far as they are known';

  create table standard (
    occupation_code text not null references occupation,
    edition         text,
    document        text,
    promulgated_on  date,
    confidence      text not null,
    note            text,
    unique nulls not distinct (occupation_code, edition),
    check (confidence not in ('R', 'G') or (edition is null and document is null and promulgated_on is null))
  );
  comment on table standard is 'public | the editions of the national standards, as far as they are known';

  create table rule_record (
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
    note         text,
    recorded_at  timestamptz not null,
    confirmed_by uuid,
    unique nulls not distinct (rule, scope, edition, level, valid_from),
    check (valid_from <= valid_to),
    -- What is only recalled or was not found has no value: nobody can take it for a rule.
    constraint unverified_is_empty check (confidence not in ('R', 'G') or value is null)
  );
  comment on table rule_record is 'public | the dated rules with their sources; a null value is 待核实';
  create index rule_record_of on rule_record (scope, rule);
  alter table rule_record enable row level security;
  create policy everybody_reads on rule_record for select using (true);
  create policy province_writes on rule_record using (app_reach() in ('province', 'system'));`;
