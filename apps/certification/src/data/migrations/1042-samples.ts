import { sqlMigration } from '@shuzheng/platform';

const departmentAlone = (table: string) => `
  alter table ${table} enable row level security;
  create policy reach on ${table} using (app_reach() in ('province', 'system'));
  create trigger kept before delete on ${table} for each row execute function only_added();`;

export const createSamples = sqlMigration(
  1042,
  'CreateSamples',
  `
  create table sample (
    id         uuid        primary key,
    batch_id   uuid        not null references batch,
    nth        int         not null check (nth > 0),
    seed       text        not null,
    algorithm  text        not null,
    percent    int         check (percent between 1 and 100),
    count      int         check (count > 0),
    population uuid[]      not null,
    drawn      int         not null,
    flagged    int         not null,
    drawn_by   uuid        not null,
    drawn_at   timestamptz not null,
    unique (batch_id, nth),
    check ((percent is null) <> (count is null)),
    check (drawn <= cardinality(population))
  );
  comment on table sample is 'internal | 抽查: a draw with its seed and the rows it was drawn from, so that anybody can draw it again';
  ${departmentAlone('sample')}

  create table sample_row (
    row_id     uuid        primary key references batch_row,
    sample_id  uuid        not null references sample,
    why        text        not null check (why in ('drawn', 'flagged')),
    outcome    text        check (outcome in ('sound', 'faulty', 'unclear')),
    note       text,
    checked_by uuid,
    checked_at timestamptz,
    check ((outcome is null) = (checked_by is null) and (outcome is null) = (checked_at is null)),
    check (note is null or outcome is not null)
  );
  comment on table sample_row is 'internal | a row to be looked at by hand, and what was found; each row once';
  create index sample_row_of on sample_row (sample_id);
  ${departmentAlone('sample_row')}`,
);
