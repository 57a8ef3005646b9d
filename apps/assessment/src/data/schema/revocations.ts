import { sqlMigration } from '@shuzheng/platform';

/** After the class is completed nobody leaves it: the way out is the revocation of the training certificate. */
export const endByRevocation = sqlMigration(
  1102,
  'EndByRevocation',
  `
    alter table application drop constraint application_end_reason_check;
    alter table application add constraint application_end_reason_check check (end_reason in
      ('own-wish', 'enrolment-withdrawn', 'training-certificate-revoked', 'session-cancelled', 'persons-merged'));
    comment on table known_withdrawal is
      'personal | copy of the enrollment service: who left which class, or lost the certificate of it';`,
);
