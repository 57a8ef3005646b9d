import { Code, Day, Flag, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Missing, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

export const settingKinds = ['pause', 'extension'] as const;
export const settingStates = ['requested', 'approved', 'refused'] as const;

/** A pause or an extension of a clock: a setting of the office, not of a statute. */
export class ClockSettingView {
  @Uuid() readonly id!: string;
  @Uuid() readonly clockId!: string;
  @OneOf(settingKinds) readonly kind!: string;
  @OneOf(settingStates) readonly state!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Day({ nullable: true, description: '暂停自' }) readonly from!: string | null;
  @Flag({ nullable: true, description: '恢复后是否按暂停的天数顺延' }) readonly addsDays!: boolean | null;
  @Day({ nullable: true, description: '恢复之日，从这一天起继续计算' }) readonly resumedOn!: string | null;
  @Day({ nullable: true, description: '延长至' }) readonly dueOn!: string | null;
  @Text(1, 500) readonly reason!: string;
  @Text(1, 200, { nullable: true, description: '依据文件' }) readonly document!: string | null;
  @Int(1, 100) readonly version!: number;
  @Uuid({ description: '申请人账号' }) readonly requestedBy!: string;
  @Instant() readonly requestedAt!: string;
  @Uuid({ nullable: true, description: '批准人账号' }) readonly decidedBy!: string | null;
  @Instant({ nullable: true }) readonly decidedAt!: string | null;
  @Text(1, 500, { nullable: true, description: '不批准的理由' }) readonly decisionReason!: string | null;
}

export const settingColumns = {
  id: 'setting.id',
  clockId: 'setting.clock_id',
  kind: 'setting.kind',
  state: 'setting.state',
  organisationId: 'setting.organisation_id',
  cityCode: 'setting.city_code',
  from: 'setting.pause_from',
  addsDays: 'setting.adds_days',
  resumedOn: 'setting.resumed_on',
  dueOn: 'setting.new_due',
  reason: 'setting.reason',
  document: 'setting.document',
  version: 'setting.version',
  requestedBy: 'setting.requested_by',
  requestedAt: 'setting.requested_at',
  decidedBy: 'setting.decided_by',
  decidedAt: 'setting.decided_at',
  decisionReason: 'setting.decision_reason',
};

/** Names a column of SQL as the answer does. */
export const selected = (columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([name, column]) => `${column} as "${name}"`)
    .join(', ');

/** A clock as a setting changes it, locked. */
export interface LockedClock {
  readonly id: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly day0: string;
  readonly effectiveDue: string;
  readonly pausedOn: string | null;
  readonly stoppedOn: string | null;
  readonly waiting: boolean;
}

/** The clock, kept from whoever else would change it. */
export async function lockClock(tx: EntityManager, id: string): Promise<LockedClock> {
  const found = await row<Omit<LockedClock, 'waiting'> & Record<string, unknown>>(
    tx,
    `select id, organisation_id as "organisationId", city_code as "cityCode", day0,
       effective_due as "effectiveDue", paused_on as "pausedOn", stopped_on as "stoppedOn"
     from clock where id = $1 for update`,
    [id],
  );
  if (!found) throw new Missing();
  // Asked only now: what somebody else requested while this waited for the clock must be seen.
  const waiting = await row(tx, `select 1 from clock_setting where clock_id = $1 and state = 'requested'`, [id]);
  return { ...found, waiting: waiting !== undefined };
}

export async function lockSetting(tx: EntityManager, id: string): Promise<ClockSettingView> {
  const found = await row<ClockSettingView & Record<string, unknown>>(
    tx,
    `select ${selected(settingColumns)} from clock_setting as setting where setting.id = $1 for update`,
    [id],
  );
  if (!found) throw new Missing();
  return found;
}
