import { sqlMigration } from '@shuzheng/platform';

/** Rows that are given up after a return, and rows whose result was voided after the department confirmed them. */
export const endRows = sqlMigration(
  1100,
  'EndRows',
  `
  alter table batch_row drop constraint batch_row_state_check;
  alter table batch_row add constraint batch_row_state_check check (state in ('received', 'proposed', 'removed', 'confirmed',
    'returned', 'sent', 'approved', 'nationally-returned', 'given-up', 'withheld', 'allocated', 'issued', 'corrected',
    'suspended', 'revoked'));
  drop index batch_row_one_live;
  -- A result is under way once: it comes back only after it was returned.
  create unique index batch_row_one_live on batch_row (result_id)
    where state not in ('returned', 'nationally-returned', 'removed', 'given-up', 'withheld');
  insert into row_transition values
    ('returned', 'given-up'), ('nationally-returned', 'given-up'), ('confirmed', 'withheld'), ('approved', 'withheld');

  alter table row_given_up add column was text not null default 'nationally-returned'
    check (was in ('returned', 'nationally-returned'));
  alter table row_given_up alter column was drop default;
  update batch_row set state = 'given-up' where id in (select row_id from row_given_up);`,
);
