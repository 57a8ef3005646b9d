import { sqlMigration } from '@shuzheng/platform';
import { directory } from './schema/directory.js';
import { organisations } from './schema/organisations.js';
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
];
