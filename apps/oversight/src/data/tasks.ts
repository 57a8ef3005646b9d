import { Code, Day, Flag, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { type Calendar, daysBetween, workingDaysLeft } from '@shuzheng/regulation';
import { type TaskKind, taskKinds, waiters } from '../domain/turns.js';

export const things = ['training-plan', 'exam-plan', 'class', 'session', 'batch'] as const;

/** Something that waits for somebody: what, for whom, since when, until when. */
export class TaskView {
  @Text(1, 120) readonly id!: string;
  @OneOf(things) readonly thing!: string;
  @Uuid({ description: '计划、培训班、考核批次或证书数据批次' }) readonly subjectId!: string;
  @Int(1, 1000, { nullable: true }) readonly part!: number | null;
  @OneOf(Object.keys(taskKinds)) readonly kind!: string;
  @Text(1, 60) readonly title!: string;
  @OneOf(Object.keys(waiters)) readonly waitsFor!: string;
  @Text(1, 60) readonly waitsForTitle!: string;
  @Uuid({ nullable: true, description: '等待的机构；省厅、市局为 null' }) readonly waitsForOrganisationId!:
    string | null;
  @Text(1, 200, { nullable: true }) readonly waitsForOrganisation!: string | null;
  @Uuid({ description: '所属机构' }) readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Code() readonly cityCode!: string;
  @Day({ nullable: true }) readonly since!: string | null;
  @Day({ nullable: true, description: '为 null 时文件没有规定期限' }) readonly dueOn!: string | null;
  @Flag({ description: '时限正在暂停（省厅设定，非法定）' }) readonly paused!: boolean;
  @Int(-100_000, 100_000, { nullable: true }) readonly daysLeft!: number | null;
  @Int(-100_000, 100_000, { nullable: true }) readonly workingDaysLeft!: number | null;
  @Flag() readonly overdue!: boolean;
}

export interface TaskRow {
  readonly id: string;
  readonly thing: string;
  readonly subjectId: string;
  readonly part: number | null;
  readonly kind: TaskKind;
  readonly waitsForOrganisationId: string | null;
  readonly waitsForOrganisation: string | null;
  readonly organisationId: string;
  readonly organisationName: string | null;
  readonly cityCode: string;
  readonly since: string | null;
  readonly dueOn: string | null;
  readonly pausedOn: string | null;
  readonly [other: string]: unknown;
}

export function taskOf({ pausedOn, ...task }: TaskRow, today: string, calendar: Calendar): TaskView {
  const { title, waitsFor } = taskKinds[task.kind];
  const due = pausedOn ? null : task.dueOn;
  return {
    ...task,
    ...{ title, waitsFor, waitsForTitle: waiters[waitsFor], paused: pausedOn !== null },
    daysLeft: due && daysBetween(today, due),
    workingDaysLeft: due && workingDaysLeft(calendar, today, due),
    overdue: task.dueOn !== null && task.dueOn < (pausedOn ?? today),
  } as TaskView;
}

const day = (instant: string) => `(${instant} at time zone 'Asia/Shanghai')::date`;
const none = 'null::int, null::date, null::date';

const filings = (table: string, thing: string, filedAt: string, filed: string) =>
  [
    ['department-receipt', 'department_received', 'null::uuid'],
    ['city-receipt', 'city_received', 'null::uuid'],
  ].map(
    ([kind, column, waits]) => `
    select '${kind}:' || ${table}.id, '${thing}', ${table}.id, '${kind}', ${waits}, ${table}.organisation_id, ${table}.city_code,
      ${day(filedAt)}, ${none}
    from ${table} where ${filed} and ${table}.${column} is null and ${table}.returned_on is null and ${table}.withdrawn_on is null`,
  );

const returnedFiling = (table: string, thing: string) => `
    select 'returned-filing:' || ${table}.id, '${thing}', ${table}.id, 'returned-filing', ${table}.organisation_id,
      ${table}.organisation_id, ${table}.city_code, ${table}.returned_on, ${none}
    from ${table} where ${table}.returned_on is not null and ${table}.withdrawn_on is null`;

const examPlan = (kind: string, waits: string, since: string, where: string) => `
    select '${kind}:' || exam_plan.id, 'exam-plan', exam_plan.id, '${kind}', exam_plan.${waits}, exam_plan.organisation_id,
      exam_plan.city_code, ${since}, ${none}
    from exam_plan where exam_plan.withdrawn_on is null and coalesce(exam_plan.filed_version, 0) < exam_plan.version and ${where}`;

const answered = 'exam_plan.answered_version = exam_plan.version';

const thingOfClock = `case clock.kind when 'training-report' then 'class' when 'result-report' then 'session' else 'batch' end`;

const clocks = `
    select clock.kind || ':' || clock.id, ${thingOfClock}, clock.subject_id,
      case when clock.unproposed > 0 then 'proposal' else clock.kind end,
      case when clock.kind = 'confirmation' then null else clock.organisation_id end, clock.organisation_id, clock.city_code,
      clock.day0, clock.part, clock.effective_due, clock.paused_on
    from clock where clock.stopped_on is null`;

const settings = `
    select 'clock-setting:' || setting.id, ${thingOfClock}, clock.subject_id, 'clock-setting', null::uuid, clock.organisation_id,
      clock.city_code, ${day('setting.requested_at')}, clock.part, null::date, null::date
    from clock_setting as setting join clock on clock.id = setting.clock_id where setting.state = 'requested'`;

const batches = (kind: string, since: string, where: string) => `
    select '${kind}:' || stage.id, 'batch', stage.id, '${kind}', null::uuid, stage.organisation_id, stage.city_code, ${since}, ${none}
    from stage where stage.kind = 'batch' and ${where}`;

// Rows that were returned and have not been reported again.
const returnedRows = `
    select 'returned-rows:' || data_row.batch_id, 'batch', data_row.batch_id, 'returned-rows', data_row.organisation_id,
      data_row.organisation_id, data_row.city_code, min(data_row.since), ${none}
    from data_row left join candidate on candidate.result_id = data_row.result_id
    where data_row.decision in ('returned', 'nationally-returned') and data_row.given_up_on is null and candidate.voided_on is null
      and coalesce(candidate.reported_part, data_row.part) <= data_row.part
    group by data_row.batch_id, data_row.organisation_id, data_row.city_code`;

const all = [
  clocks,
  settings,
  ...filings('plan', 'training-plan', 'plan.filed_at', 'true'),
  ...filings('exam_plan', 'exam-plan', 'exam_plan.filed_at', 'exam_plan.filed_at is not null'),
  returnedFiling('plan', 'training-plan'),
  returnedFiling('exam_plan', 'exam-plan'),
  examPlan('exam-plan-consent', 'evaluation_organisation_id', 'null::date', `${answered} is not true`),
  examPlan('exam-plan-filing', 'organisation_id', 'exam_plan.answered_on', `${answered} and exam_plan.consented`),
  examPlan('exam-plan-refused', 'organisation_id', 'exam_plan.answered_on', `${answered} and not exam_plan.consented`),
  returnedRows,
  batches('package', 'stage.since', 'stage.confirmed > stage.sent'),
  batches('reply', 'stage.sent_on', 'stage.sent > stage.replied'),
].join('\n    union all');

/** Everything that waits, of what the caller sees. */
export const tasks = `(${all}) as task (id, thing, subject_id, kind, waits_organisation, organisation_id, city_code, since, part, due_on, paused_on)
  left join known_organisation as owner on owner.id = task.organisation_id
  left join known_organisation as waited on waited.id = task.waits_organisation`;

const kindsOf = (...roles: string[]) =>
  Object.entries(taskKinds)
    .filter(([, { waitsFor }]) => roles.includes(waitsFor))
    .map(([kind]) => `'${kind}'`)
    .join(', ');

/** Is it the caller's own organisation's turn? */
export const isMine = `case app_reach()
    when 'province' then task.kind in (${kindsOf('department-officer', 'department-approver', 'reply-recorder')})
    when 'city' then task.kind in (${kindsOf('city-officer')})
    else coalesce(task.waits_organisation = app_org(), false) end`;

export const taskColumns = {
  id: 'task.id',
  thing: 'task.thing',
  subjectId: 'task.subject_id',
  part: 'task.part',
  kind: 'task.kind',
  waitsForOrganisationId: 'task.waits_organisation',
  waitsForOrganisation: 'waited.name',
  organisationId: 'task.organisation_id',
  organisationName: 'owner.name',
  cityCode: 'task.city_code',
  since: 'task.since',
  dueOn: 'task.due_on',
  pausedOn: 'task.paused_on',
};
