import { sqlMigration } from '@shuzheng/platform';

/** What a class gave may be taken back after its learner has passed the exam. */
export const keepRevokedTraining = sqlMigration(
  1104,
  'KeepRevokedTraining',
  'alter table known_hours add column revoked_on date',
);
