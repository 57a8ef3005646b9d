import { sqlMigration } from '@shuzheng/platform';

/** A result may be voided between the order to issue and the signature: nobody gives up its number, the registry does. */
export const voidNumbers = sqlMigration(
  1103,
  'VoidNumbersOfVoidResults',
  `
  insert into row_transition values ('allocated', 'withheld');
  alter table ledger drop constraint ledger_check2;
  alter table ledger add constraint ledger_void check ((state = 'void') = (voided_at is not null and void_reason is not null));

  alter table row_given_up alter column given_up_by drop not null;
  comment on table row_given_up is 'internal | returned rows that will not come back, and why; by nobody: said in the exam service';`,
);
