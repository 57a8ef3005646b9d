import { Code, Day, Flag, Instant, Int, Json, levels, Nested, OneOf, Text, Uuid } from '@shuzheng/contracts';

/** The ten working days of 确认, as they stand when somebody looks. */
export class ConfirmationDueView {
  @Day() readonly receivedOn!: string;
  @Day() readonly dueOn!: string;
  @Int(-10000, 10000, { description: '剩余工作日；已过期为负' }) readonly daysLeft!: number;
  @Flag() readonly overdue!: boolean;
  @Flag({ description: '暂定：所涉日期尚无放假通知覆盖' }) readonly provisional!: boolean;
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
  rows: `(select count(*)::int from batch_row where batch_id = batch.id)`,
  counts: `(select coalesce(json_object_agg(state, count), '{}') from (
      select state, count(*)::int from batch_row where batch_id = batch.id group by state) as by_state)`,
  openSince: `(select min(received_on) from batch_part as part where part.batch_id = batch.id and exists (
      select from batch_row as open where open.batch_id = part.batch_id and open.part = part.part and state in ('received', 'proposed')))`,
};
