import { sqlMigration } from '@shuzheng/platform';

/** Who was whom is read in joins of the service itself, and through its functions; a query of nobody else finds it. */
export const guardAliases = sqlMigration(
  1101,
  'GuardAliases',
  `
  alter table person_alias enable row level security;
  create policy reach on person_alias using (app_sees(null, null));`,
);

/** Each approval has thirty days of its own: another day is given for one of them, not for the batch. */
export const keepIssueDueDays = sqlMigration(
  1102,
  'KeepIssueDueDays',
  `
  create table issue_due_day (
    batch_id         uuid not null,
    approved_on      date not null,
    organisation_id  uuid not null,
    effective_due_on date not null,
    decided_on       date not null,
    primary key (batch_id, approved_on)
  );
  comment on table issue_due_day is 'internal | other days for an approval''s thirty days to issue, as oversight announced them';
  alter table issue_due_day enable row level security;
  create policy reach on issue_due_day using (app_sees(organisation_id, null::text));`,
);
