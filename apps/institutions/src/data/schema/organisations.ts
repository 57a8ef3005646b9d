/** Who takes part. */
export const organisations = `
  create table organisation (
    id            uuid        primary key,
    name          text        not null,
    credit_code   text        unique,
    city_code     text        not null,
    role          text        not null check (role in ('training-institution', 'evaluation-institution', 'department', 'city-bureau', 'operator')),
    registered_at timestamptz not null
  );
  comment on table organisation is 'public | who takes part in the programme, and as what';
  -- One human resources office for the province, one for each city.
  create unique index organisation_office on organisation (city_code) where role in ('department', 'city-bureau');

  create table organisation_contact (
    organisation_id uuid primary key references organisation,
    city_code       text not null,
    contact         text not null
  );
  comment on table organisation_contact is 'internal | how to reach the office of an organisation, never a person';
  alter table organisation_contact enable row level security;
  create policy reach on organisation_contact for select using (app_sees(organisation_id, city_code));
  create policy register on organisation_contact for insert with check (true);`;
