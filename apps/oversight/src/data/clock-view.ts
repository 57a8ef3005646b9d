import { Code, Day, Flag, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import type { Calendar, ClockCode, StatutoryClock } from '@shuzheng/regulation';
import { clockStates } from '../domain/clock-states.js';
import { officeWords, standingOf, statusOf } from '../domain/standing.js';

export const clockKinds: readonly ClockCode[] = ['training-report', 'result-report', 'confirmation', 'issue'];

/** A statutory time limit: what started it, when it ends and by which rule, and where it stands today. */
export class ClockView {
  @Uuid() readonly id!: string;
  @OneOf(clockKinds) readonly kind!: string;
  @Text(1, 60) readonly name!: string;
  @Uuid({ description: '培训班、考核批次或证书数据批次' }) readonly subjectId!: string;
  @Int(1, 1000, { nullable: true, description: '证书数据的第几部分' }) readonly part!: number | null;
  @Day({ nullable: true, description: '国家审核通过日期' }) readonly approvedOn!: string | null;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Code() readonly cityCode!: string;

  @Day({ description: '起算日，不计入' }) readonly day0!: string;
  @Text(1, 60) readonly startEvent!: string;
  @Int(1, 1000) readonly n!: number;
  @OneOf(['day', 'working-day'], { description: '日、工作日' }) readonly unit!: string;
  @Day({ description: '按日数算出的最后一日' }) readonly rawDue!: string;
  @Day({ description: '遇法定休假日顺延后的最后一日，不计省厅设定' }) readonly statutoryDue!: string;
  @Day({ description: '计入省厅设定后的最后一日；过了这一天才逾期' }) readonly effectiveDue!: string;
  @Text(1, 20, { nullable: true, description: '期限是否为省厅设定；为 null 时即按文件计算' }) readonly office!:
    string | null;
  @Flag({ description: '暂定' }) readonly provisional!: boolean;

  @OneOf(clockStates) readonly state!: string;
  @Day({ nullable: true }) readonly stoppedOn!: string | null;
  @Day({ nullable: true, description: '暂停自' }) readonly pausedOn!: string | null;
  @OneOf(['restart', 'resume'], { nullable: true, description: '退回后再次报送的部分如何计算：重新起算、继续计算' })
  readonly partSetting!: string | null;
  @Flag({ description: '逾期' }) readonly overdue!: boolean;
  @Flag({ description: '临期：剩余不超过 3 天' }) readonly dueSoon!: boolean;
  @Int(-100_000, 100_000, { nullable: true }) readonly daysLeft!: number | null;
  @Int(-100_000, 100_000, { nullable: true }) readonly workingDaysLeft!: number | null;
  @OneOf(['正常', '临期', '逾期', '暂停', '按时完成', '逾期完成']) readonly label!: string;
  @Text(1, 200) readonly words!: string;

  @Text(1, 100, { description: '依据文件' }) readonly document!: string;
  @Text(1, 60) readonly article!: string;
  @OneOf(['known', '待核实'], { description: '期限长度的依据' }) readonly status!: string;
  @OneOf(['known', '待核实'], { description: '起算点的依据' }) readonly startStatus!: string;
}

/** A clock as it is stored. */
export interface ClockRow {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly part: number | null;
  readonly approvedOn: string | null;
  readonly organisationId: string;
  readonly organisationName: string | null;
  readonly cityCode: string;
  readonly day0: string;
  readonly rawDue: string;
  readonly n: number;
  readonly statutoryDue: string;
  readonly effectiveDue: string;
  readonly pausedOn: string | null;
  readonly partSetting: string | null;
  readonly provisional: boolean;
  readonly state: string;
  readonly stoppedOn: string | null;
  readonly rule: StatutoryClock;
  readonly [other: string]: unknown;
}

export const clockSource = 'clock left join known_organisation on known_organisation.id = clock.organisation_id';

export const clockColumns = {
  id: 'clock.id',
  kind: 'clock.kind',
  subjectId: 'clock.subject_id',
  part: 'clock.part',
  approvedOn: 'clock.approved_on',
  organisationId: 'clock.organisation_id',
  organisationName: 'known_organisation.name',
  cityCode: 'clock.city_code',
  day0: 'clock.day0',
  rawDue: 'clock.raw_due',
  n: 'clock.n',
  statutoryDue: 'clock.statutory_due',
  effectiveDue: 'clock.effective_due',
  pausedOn: 'clock.paused_on',
  partSetting: 'clock.part_setting',
  provisional: 'clock.provisional',
  state: 'clock.state',
  stoppedOn: 'clock.stopped_on',
  rule: 'clock.rule',
};

/** The stored clock with the rule it was judged by and what today makes of it. */
export function viewOf({ rule, ...clock }: ClockRow, today: string, calendar: Calendar): ClockView {
  const { name, unit, startEvent, document, article, confidence, startConfidence } = rule;
  return {
    ...clock,
    ...standingOf(clock, today, calendar),
    ...{ name, unit, startEvent, document, article },
    office: officeOf(clock),
    status: statusOf(confidence),
    startStatus: statusOf(startConfidence),
  };
}

const officeOf = ({ statutoryDue, effectiveDue, pausedOn, partSetting }: Omit<ClockRow, 'rule'>) =>
  statutoryDue !== effectiveDue || pausedOn || partSetting ? officeWords : null;
