import { sqlMigration } from '@shuzheng/platform';

/** What is done about returned rows, and reports after the first. */
export const keepReturns = sqlMigration(
  1022,
  'KeepReturns',
  `
    create table return_answer (
      result_id       uuid        not null references result,
      part            int         not null,
      session_id      uuid        not null references session,
      organisation_id uuid        not null,
      city_code       text        not null,
      action          text        not null check (action in ('corrected', 'given-up')),
      correction      text        check (action <> 'corrected' or correction is not null),
      note            text        check (action <> 'given-up' or note is not null),
      answered_by     uuid        not null,
      answered_at     timestamptz not null,
      primary key (result_id, part)
    );
    comment on table return_answer is 'internal | what was corrected about a returned row, or why it was given up';
    create index return_answer_of on return_answer (session_id);
    alter table return_answer enable row level security;
    create policy reach on return_answer using (app_sees(organisation_id, city_code));

    alter table result_report
      add column left_out int not null default 0,
      alter column due_on drop not null,
      alter column effective_due_on drop not null,
      alter column provisional drop not null,
      alter column on_time drop not null,
      add constraint result_report_due check (part > 1 or (due_on is not null and effective_due_on is not null));

    -- A row that comes again keeps its number, so the number belongs to the application and not to the row.
    create table certificate_number (
      organisation_id uuid not null,
      number          text not null,
      application_id  uuid not null references application,
      primary key (organisation_id, number)
    );
    comment on table certificate_number is 'internal | the issuer''s own numbers, each for one candidate';
    alter table certificate_number enable row level security;
    create policy reach on certificate_number using (app_sees(organisation_id, null));
    insert into certificate_number (organisation_id, number, application_id)
    select w.organisation_id, w.certificate_number, r.application_id
    from result_report_row as w join result as r on r.id = w.result_id where w.certificate_number is not null;
    drop index result_report_row_number;
    create index result_report_row_number on result_report_row (organisation_id, certificate_number);`,
);
