import { sqlMigration } from '@shuzheng/platform';
import { classTables } from './schema/classes.js';
import { completionTables } from './schema/completion.js';
import { planTables } from './schema/plans.js';
import { rosterTables } from './schema/rosters.js';

export const migrations = [
  sqlMigration(1000, 'CreatePlans', planTables),
  sqlMigration(1001, 'CreateClasses', classTables),
  sqlMigration(1002, 'CreateRosters', rosterTables),
  sqlMigration(1003, 'CreateCompletion', completionTables),
];
