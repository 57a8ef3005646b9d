import { sqlMigration } from '@shuzheng/platform';

/** When the training of a class began: an exam before that day examines nothing that was taught. */
export const keepClassDays = sqlMigration(
  1100,
  'KeepClassDays',
  `
    create table known_class (
      class_id   uuid primary key,
      starts_on  date,
      started_on date,
      check (starts_on is not null or started_on is not null)
    );
    comment on table known_class is 'internal | copy of the enrollment service: the day a class is to begin, and the day it began';
    alter table known_class enable row level security;
    create policy reach on known_class using (
      app_sees(null, null) or exists (select from application as a where a.class_id = known_class.class_id));`,
);
