import { sqlMigration } from '@shuzheng/platform';

export const createBatches = sqlMigration(
  1000,
  'CreateBatches',
  `
  create table batch (
    id                uuid        primary key,
    serial            int         generated always as identity unique,
    session_id        uuid        not null unique,
    organisation_id   uuid        not null,
    organisation_name text        not null,
    city_code         text        not null,
    occupation_code   text        not null,
    edition           text        not null,
    level             text        not null check (level in ('junior', 'intermediate', 'senior')),
    direction         text        not null,
    exam_on           date        not null,
    opened_at         timestamptz not null
  );
  comment on table batch is 'internal | the certificate data of one exam session, through confirmation, review and issue';
  alter table batch enable row level security;
  create policy reach on batch using (app_sees(organisation_id, city_code));

  create table batch_part (
    batch_id        uuid        not null references batch,
    part            int         not null check (part > 0),
    organisation_id uuid        not null,
    city_code       text        not null,
    report_id       uuid        not null,
    sat             int         not null,
    passed          int         not null,
    received_on     date,
    received_at     timestamptz,
    primary key (batch_id, part),
    check ((received_on is null) = (received_at is null))
  );
  comment on table batch_part is 'internal | one report of a session; it counts as received when its last row is here';
  alter table batch_part enable row level security;
  create policy reach on batch_part using (app_sees(organisation_id, city_code));

  create table batch_row (
    id                     uuid         primary key,
    batch_id               uuid         not null,
    part                   int          not null,
    organisation_id        uuid         not null,
    city_code              text         not null,
    number                 int          not null check (number between 1 and 9999),
    registry_row           text         not null unique,
    result_id              uuid         not null,
    application_id         uuid         not null,
    person_id              uuid         not null,
    class_id               uuid         not null,
    name_sealed            text         not null,
    masked_name            text         not null,
    document_kind          text         not null,
    document_number_sealed text         not null,
    number_index           text         not null,
    name_index             text         not null,
    condition              int          not null,
    theory                 numeric(4,1) not null,
    ability                numeric(4,1) not null,
    certificate_number     text,
    first_received_on      date         not null,
    state                  text         not null default 'received' check (state in ('received', 'proposed', 'confirmed',
      'returned', 'sent', 'approved', 'nationally-returned', 'allocated', 'issued', 'corrected', 'revoked')),
    proposal_revision      int          not null default 0,
    foreign key (batch_id, part) references batch_part,
    unique (batch_id, number),
    unique (batch_id, part, result_id)
  );
  comment on table batch_row is 'sealed | one passed candidate of a batch';
  comment on column batch_row.name_sealed is 'sealed | printed on the certificate | maskName';
  comment on column batch_row.document_number_sealed is 'sealed | told to the national office in the package | maskNumber';
  comment on column batch_row.number_index is 'sealed | finds the rows of one document number | never shown';
  comment on column batch_row.name_index is 'sealed | lets verification compare a name | never shown';
  create index batch_row_state on batch_row (batch_id, state);
  -- A result is under way once: it comes back only after it was returned.
  create unique index batch_row_one_live on batch_row (result_id) where state not in ('returned', 'nationally-returned');
  alter table batch_row enable row level security;
  create policy reach on batch_row using (app_sees(organisation_id, city_code));

  create table row_transition (
    was     text not null,
    becomes text not null,
    primary key (was, becomes)
  );
  comment on table row_transition is 'public | which state of a batch row may follow which';
  insert into row_transition values
    ('received', 'proposed'), ('proposed', 'confirmed'), ('proposed', 'returned'), ('confirmed', 'sent'),
    ('sent', 'approved'), ('sent', 'nationally-returned'), ('approved', 'allocated'), ('allocated', 'approved'),
    ('allocated', 'issued'), ('issued', 'corrected'), ('issued', 'revoked'), ('corrected', 'revoked');

  create function hold_transition() returns trigger language plpgsql as $$
  begin
    if not exists (select from row_transition where was = old.state and becomes = new.state) then
      raise check_violation using message = format('a batch row does not go from %s to %s', old.state, new.state);
    end if;
    return new;
  end $$;
  create trigger held before update of state on batch_row for each row
    when (old.state is distinct from new.state) execute function hold_transition();

  create function only_added() returns trigger language plpgsql as $$
  begin
    raise check_violation using message = format('%s of %s is history', lower(tg_op), tg_table_name);
  end $$;
  create trigger kept before delete on batch for each row execute function only_added();
  create trigger kept before delete on batch_part for each row execute function only_added();
  create trigger kept before delete on batch_row for each row execute function only_added();`,
);
