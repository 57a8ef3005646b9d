import { sqlMigration } from '@shuzheng/platform';
import { directoryHistory } from './schema/directory-history.js';
import { directory } from './schema/directory.js';
import { organisationHistory } from './schema/organisation-history.js';
import { organisations } from './schema/organisations.js';
import { placesAndPeople } from './schema/places-and-people.js';
import { ruleHistory } from './schema/rule-history.js';
import { rules } from './schema/rules.js';

export const migrations = [
  sqlMigration(1000, 'CreateOrganisations', organisations),
  sqlMigration(1001, 'CreateRules', rules),
  sqlMigration(1002, 'CreateDirectory', directory),
  // Each release whose reference data differ adds a row with a key of its own.
  sqlMigration(
    1003,
    'LoadReferenceData',
    `insert into timer (kind, key, run_at) values ('load-reference-data', '2026-11', '-infinity')`,
  ),
  sqlMigration(1020, 'KeepOrganisationHistory', organisationHistory),
  sqlMigration(1021, 'KeepDirectoryHistory', directoryHistory),
  sqlMigration(1022, 'KeepRuleHistory', ruleHistory),
  sqlMigration(1023, 'KeepPlacesAndPeople', placesAndPeople),
  // No document keeps one body from training and evaluating: it is registered once for each role, with the same code.
  sqlMigration(
    1100,
    'LetABodyHaveBothRoles',
    `alter table organisation drop constraint organisation_credit_code_key;
     alter table organisation add constraint organisation_credit_code unique (credit_code, role)`,
  ),
];
