import { sqlMigration } from '@shuzheng/platform';

const departmentAlone = (table: string) => `
  alter table ${table} enable row level security;
  create policy reach on ${table} using (app_reach() in ('province', 'system'));`;

export const createSignals = sqlMigration(
  1041,
  'CreateSignals',
  `
  create table signal_round (
    batch_id   uuid   primary key references batch,
    asked      int    not null default 1,
    done       int    not null default 0,
    unverified text[] not null default '{}',
    check (done <= asked)
  );
  comment on table signal_round is 'internal | whether a batch is to be looked at again, because a fact arrived';
  ${departmentAlone('signal_round')}

  create table signal (
    id         uuid        primary key,
    batch_id   uuid        not null references batch,
    row_id     uuid        references batch_row,
    code       text        not null,
    severity   text        not null check (severity in ('blocking', 'advisory')),
    facts      jsonb       not null,
    setting    jsonb       not null,
    state      text        not null default 'open' check (state in ('open', 'dismissed', 'closed')),
    version    int         not null default 1,
    raised_at  timestamptz not null,
    changed_at timestamptz not null,
    unique nulls not distinct (batch_id, row_id, code)
  );
  comment on table signal is 'internal | 疑点: what a rule noticed about a row or a batch, in counts, days and codes';
  create index signal_row on signal (row_id);
  ${departmentAlone('signal')}
  create trigger kept before delete on signal for each row execute function only_added();

  create table signal_change (
    signal_id uuid        not null references signal,
    version   int         not null,
    state     text        not null check (state in ('open', 'dismissed', 'closed')),
    facts     jsonb       not null,
    setting   jsonb       not null,
    reason    text,
    by        uuid,
    at        timestamptz not null,
    primary key (signal_id, version),
    check ((state = 'open') = (reason is null)),
    check ((state = 'dismissed') = (by is not null))
  );
  comment on table signal_change is 'internal | every state of a signal: raised, dismissed by whom and why, closed when facts changed';
  ${departmentAlone('signal_change')}
  create trigger kept before update or delete on signal_change for each row execute function only_added();

  create table signal_setting (
    id         uuid        primary key,
    code       text        not null,
    "from"     date        not null,
    parameters jsonb       not null,
    source     text        not null,
    confidence text        not null,
    set_by     uuid        not null,
    set_at     timestamptz not null,
    unique (code, "from")
  );
  comment on table signal_setting is 'internal | 省厅设定: what a signal goes by from a day on';
  ${departmentAlone('signal_setting')}
  create trigger kept before update or delete on signal_setting for each row execute function only_added();`,
);
