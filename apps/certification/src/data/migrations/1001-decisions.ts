import { sqlMigration } from '@shuzheng/platform';

export const createDecisions = sqlMigration(
  1001,
  'CreateDecisions',
  `
  create table proposal (
    row_id      uuid        not null references batch_row,
    revision    int         not null check (revision > 0),
    proposal    text        not null check (proposal in ('confirm', 'return')),
    reasons     text[]      not null,
    proposed_by uuid        not null,
    proposed_at timestamptz not null,
    primary key (row_id, revision),
    check ((proposal = 'return') = (cardinality(reasons) > 0))
  );
  comment on table proposal is 'internal | what an officer proposes for a row; the last revision counts';
  alter table proposal enable row level security;
  create policy reach on proposal using (app_reach() in ('province', 'system'));
  create trigger kept before update or delete on proposal for each row execute function only_added();

  create table decision (
    row_id          uuid        primary key references batch_row,
    organisation_id uuid        not null,
    decision        text        not null check (decision in ('confirmed', 'returned')),
    reasons         text[]      not null,
    proposed_by     uuid        not null,
    decided_by      uuid        not null,
    decided_on      date        not null,
    decided_at      timestamptz not null,
    unique (row_id, decision),
    check (decided_by <> proposed_by),
    check ((decision = 'returned') = (cardinality(reasons) > 0))
  );
  comment on table decision is 'internal | 确认 or 退回 of a row: once, by another person than whoever proposed it';
  alter table decision enable row level security;
  create policy reach on decision using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on decision for each row execute function only_added();

  create table package (
    id              uuid        primary key,
    batch_id        uuid        not null references batch,
    organisation_id uuid        not null,
    nth             int         not null check (nth > 0),
    rows            int         not null check (rows > 0),
    sha256          text        not null,
    manifest        json        not null,
    sent_on         date        not null,
    sent_at         timestamptz not null,
    sent_by         uuid        not null,
    unique (batch_id, nth)
  );
  comment on table package is 'internal | what was sent up for national review, as a file with its manifest';
  alter table package enable row level security;
  create policy reach on package using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on package for each row execute function only_added();

  create table package_row (
    row_id          uuid primary key,
    package_id      uuid not null references package,
    organisation_id uuid not null,
    decision        text not null default 'confirmed' check (decision = 'confirmed'),
    unique (row_id, package_id),
    foreign key (row_id, decision) references decision (row_id, decision)
  );
  comment on table package_row is 'internal | which rows a package holds; only confirmed rows are ever sent, and once';
  create index package_row_of on package_row (package_id);
  alter table package_row enable row level security;
  create policy reach on package_row using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on package_row for each row execute function only_added();

  create table reply (
    id              uuid        primary key,
    package_id      uuid        not null unique references package,
    batch_id        uuid        not null references batch,
    organisation_id uuid        not null,
    approved_on     date        not null,
    received_on     date        not null,
    sha256          text        not null,
    approved        int         not null,
    returned        int         not null,
    recorded_by     uuid        not null,
    recorded_at     timestamptz not null,
    unique (id, package_id, approved_on),
    check (approved_on <= received_on)
  );
  comment on table reply is 'internal | the national reply to a package; its approval date starts the thirty days of issue';
  alter table reply enable row level security;
  create policy reach on reply using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on reply for each row execute function only_added();

  create table reply_row (
    row_id          uuid primary key,
    reply_id        uuid not null,
    package_id      uuid not null,
    organisation_id uuid not null,
    approved_on     date not null,
    result          text not null check (result in ('approved', 'returned')),
    opinion_sealed  text,
    unique (row_id, reply_id, result, approved_on),
    foreign key (row_id, package_id) references package_row (row_id, package_id),
    foreign key (reply_id, package_id, approved_on) references reply (id, package_id, approved_on)
  );
  comment on table reply_row is 'internal | what the national office says of a row';
  comment on column reply_row.opinion_sealed is 'sealed | the words of the office, which may name somebody | shown only with the row';
  create index reply_row_of on reply_row (reply_id);
  alter table reply_row enable row level security;
  create policy reach on reply_row using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on reply_row for each row execute function only_added();`,
);
