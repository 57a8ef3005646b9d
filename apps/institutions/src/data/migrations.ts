import { sqlMigration } from '@shuzheng/platform';

export const migrations = [
  sqlMigration(
    1000,
    'CreateOrganisations',
    `
    create table organisation (
      id            uuid        primary key,
      name          text        not null,
      credit_code   text        unique,
      city_code     text        not null,
      role          text        not null check (role in ('training-institution', 'evaluation-institution', 'department', 'city-bureau', 'operator')),
      registered_at timestamptz not null
    );
    comment on table organisation is 'public | who takes part in the programme, and as what';`,
  ),
];
