import { sqlMigration } from '@shuzheng/platform';

/** Tables that named their owner and were guarded by their readers alone; and what was told of due days. */
export const toldMigrations = [
  sqlMigration(
    1101,
    'GuardRecipients',
    `
    alter table person_alias enable row level security;
    create policy reach on person_alias using (app_reach() = 'system');
    alter table recipient enable row level security;
    create policy own on recipient using (app_reach() = 'system' or account_id = app_account());`,
  ),
  sqlMigration(
    1102,
    'KeepToldDueDays',
    `
    -- Owned here: a rebuild of the clocks comes to the same days, and tells them once.
    create table told_due_day (
      clock_id uuid primary key,
      due_on   date not null
    );
    comment on table told_due_day is 'internal | the last day that was announced for a clock, where it is not the usual one';
    alter table told_due_day enable row level security;
    create policy reach on told_due_day using (app_sees(null, null));
    insert into told_due_day select id, effective_due from clock where effective_due <> statutory_due;`,
  ),
  sqlMigration(
    1103,
    'KeepUnproposedRows',
    `
    -- Null is the part of an earlier version: nobody has said, and it waits for the approver as it did.
    alter table clock add column unproposed int check (unproposed is null or (unproposed >= 0 and kind = 'confirmation'));`,
  ),
];
