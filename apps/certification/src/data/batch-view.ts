import { Code, Day, Flag, Instant, Int, Json, levels, Nested, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor } from '@shuzheng/platform';
import type { Calendar } from '@shuzheng/regulation';
import { type BatchState, batchStates, statusOf } from '../domain/batch-status.js';
import { confirmationDue, issueDueOn } from '../domain/confirmation.js';
import { approvedSince, risk, stateExpression, workCounts } from './batch-queue.js';

/** The ten working days of 确认, as they stand when somebody looks. */
export class ConfirmationDueView {
  @Day() readonly receivedOn!: string;
  @Day() readonly dueOn!: string;
  @Int(-10000, 10000, { description: '剩余工作日；已过期为负' }) readonly daysLeft!: number;
  @Flag() readonly overdue!: boolean;
  @Flag({ description: '暂定：所涉日期尚无放假通知覆盖' }) readonly provisional!: boolean;
}

export class BatchStatusView {
  @OneOf(batchStates) readonly state!: string;
  @Text(1, 60) readonly title!: string;
  @Code({ nullable: true, description: '等待谁办理' }) readonly waitsFor!: string | null;
  @Day({ nullable: true, description: '法定时限；没有时限时为 null' }) readonly dueOn!: string | null;
}

export class BatchWorkView {
  @Int(0, 10000, { description: '尚未决定、没有疑点也没有异议' }) readonly clean!: number;
  @Int(0, 10000, { description: '尚未决定、有未处理疑点' }) readonly flagged!: number;
  @Int(0, 10000, { description: '省厅或国家退回' }) readonly returned!: number;
  @Int(0, 10000, { description: '确认后成绩被作废，不予颁发' }) readonly withheld!: number;
  @Int(0, 10000, { description: '列入抽查' }) readonly sampled!: number;
  @Int(0, 10000, { description: '尚未决定、成绩有异议' }) readonly held!: number;
}

export class BatchView {
  @Uuid() readonly id!: string;
  @Text(6, 10, { description: '批次号' }) readonly serial!: string;
  @Uuid() readonly sessionId!: string;
  @Uuid({ description: '评价机构' }) readonly organisationId!: string;
  @Text(1, 200) readonly organisationName!: string;
  @Code() readonly cityCode!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 60) readonly edition!: string;
  @OneOf(levels) readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day({ description: '考核日期' }) readonly examOn!: string;
  @Instant() readonly openedAt!: string;
  @Int(0, 10000) readonly rows!: number;
  @Json({ description: '各状态的行数' }) readonly counts!: Record<string, number>;
  @Nested(() => ConfirmationDueView, {
    nullable: true,
    description: '最早一部分待决定数据的确认时限；都已决定时为 null',
  })
  readonly due!: ConfirmationDueView | null;
  @Nested(() => BatchStatusView) readonly status!: BatchStatusView;
  @Nested(() => BatchWorkView, { nullable: true, description: '待办行数，仅省厅可见' })
  readonly work!: BatchWorkView | null;
  @Int(0, 10_000_000, { nullable: true, description: '疑点权重之和（阻断 100、提示 1），仅省厅可见' })
  readonly risk!: number | null;
}

/** Where each of these is read from; `batch` is the table's name in the statement. `openSince` leads to `due`. */
export const batchColumns = {
  id: 'batch.id',
  serial: `to_char(batch.serial, 'FM000000')`,
  sessionId: 'batch.session_id',
  organisationId: 'batch.organisation_id',
  organisationName: 'batch.organisation_name',
  cityCode: 'batch.city_code',
  occupationCode: 'batch.occupation_code',
  edition: 'batch.edition',
  level: 'batch.level',
  direction: 'batch.direction',
  examOn: 'batch.exam_on',
  openedAt: 'batch.opened_at',
  rows: `(select count(*)::int from batch_row where batch_id = batch.id and state <> 'removed')`,
  counts: `(select coalesce(json_object_agg(state, count), '{}') from (
      select state, count(*)::int from batch_row where batch_id = batch.id group by state) as by_state)`,
  openSince: `(select min(received_on) from batch_part as part where part.batch_id = batch.id and exists (
      select from batch_row as open where open.batch_id = part.batch_id and open.part = part.part and state in ('received', 'proposed')))`,
  confirmationExtendedTo: `(select effective_due_on from extended_due_day join batch_part as part on part.batch_id = subject_id
      and part.part = extended_due_day.part
    where kind = 'confirmation' and subject_id = batch.id and exists (select from batch_row as open
      where open.batch_id = part.batch_id and open.part = part.part and state in ('received', 'proposed'))
    order by part.received_on limit 1)`,
  // Days that were announced before they named their approval were given for the batch.
  issueExtendedTo: `coalesce(
    (select effective_due_on from issue_due_day where batch_id = batch.id and approved_on = ${approvedSince}),
    (select effective_due_on from extended_due_day where kind = 'issue' and subject_id = batch.id order by part limit 1))`,
  state: stateExpression,
  approvedSince,
  work: workCounts,
  risk,
};

/** What is read of a batch, before the days are counted. */
export type FoundBatch = Omit<BatchView, 'due' | 'status'> & {
  readonly openSince: string | null;
  readonly approvedSince: string | null;
  readonly confirmationExtendedTo: string | null;
  readonly issueExtendedTo: string | null;
  readonly state: BatchState;
};

/** The batch as somebody sees it today. */
export function batchSeen(
  { openSince, approvedSince, confirmationExtendedTo, issueExtendedTo, state, work, risk, ...batch }: FoundBatch,
  calendar: Calendar,
  today: string,
): BatchView {
  const due = openSince === null ? null : confirmationDue(calendar, today, openSince, confirmationExtendedTo);
  const issue = approvedSince === null ? null : (issueExtendedTo ?? issueDueOn(calendar, approvedSince));
  const department = actor().reach === 'province';
  return {
    ...batch,
    due,
    status: statusOf(state, { confirmation: due?.dueOn ?? null, issue }),
    work: department ? work : null,
    risk: department ? risk : null,
  };
}
