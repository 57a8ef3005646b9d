import { sqlMigration } from '@shuzheng/platform';

/** A session is on every learner's list; when its institution has to report is a matter of those who are in it. */
export const guardExtensions = sqlMigration(
  1101,
  'GuardExtensions',
  `
    drop policy reach on known_extension;
    create policy reach on known_extension using (
      app_sees(organisation_id, (select city_code from session as s where s.id = session_id))
      or (app_reach() = 'self' and exists (
        select from application as a where a.session_id = known_extension.session_id and a.person_id = app_person())));`,
);
