/** The workbooks that were taken, and who looked at a whole number. */
export const rosterTables = `
  create table roster (
    id              uuid        primary key,
    class_id        uuid        not null references training_class,
    organisation_id uuid        not null,
    city_code       text        not null,
    file_id         uuid        not null,
    sha256          text        not null,
    enrolled        int         not null check (enrolled > 0),
    uploaded_by     uuid        not null,
    uploaded_at     timestamptz not null
  );
  comment on table roster is 'internal | 学员名单 as uploaded: the file is kept under its digest';
  create index roster_of on roster (class_id);
  alter table roster enable row level security;
  create policy reach on roster using (app_sees(organisation_id, city_code));
  alter table enrolment add foreign key (roster_id) references roster deferrable initially deferred;

  create table unmasking (
    id              uuid        primary key,
    enrolment_id    uuid        not null references enrolment,
    organisation_id uuid        not null,
    reason          text        not null,
    account_id      uuid        not null,
    at              timestamptz not null
  );
  comment on table unmasking is 'personal | who read a whole document number, when and why';
  alter table unmasking enable row level security;
  create policy reach on unmasking using (app_sees(organisation_id, null));
`;
