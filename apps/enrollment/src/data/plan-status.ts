import { Day, OneOf, Text } from '@shuzheng/contracts';
import { Clock, RuleRecords } from '@shuzheng/platform';
import { addDays } from '@shuzheng/regulation';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Standings, statusOfPlan } from '../domain/plan-status.js';

/** 在哪一步、由谁办理、什么时候之前. */
export class PlanStatus {
  @Text(1, 40) readonly state!: string;
  @Text(1, 40) readonly title!: string;
  @OneOf(['training-preparer', 'training-approver', 'evaluation-approver', 'department', 'city-bureau'], {
    nullable: true,
    description: '由谁办理；无人需要办理时为 null',
  })
  readonly waitsFor!: string | null;
  @Day({ nullable: true, description: '办理期限；没有规定时为 null' }) readonly dueOn!: string | null;
}

/** One row for each filing and recipient: how this recipient stands to it. */
export const standings = `
  select filing.id as filing_id, recipient.recipient, receipt.id as receipt_id, receipt.number, receipt.received_at,
    returned.sections, returned.returned_at, earlier.version as returned_version,
    case
      when coalesce((select state from training_plan where id = filing.plan_id), (select state from exam_plan where id = filing.plan_id)) = 'withdrawn' then 'withdrawn'
      when receipt.id is not null then 'received'
      when exists (select from filing as later where later.plan_id = filing.plan_id and later.version > filing.version) then 'superseded'
      when returned.id is not null then 'returned'
      when earlier.version is not null then 'resubmitted'
      else 'awaiting'
    end as state
  from filing cross join (values ('department'), ('city-bureau')) as recipient (recipient)
  left join receipt on receipt.filing_id = filing.id and receipt.recipient = recipient.recipient
  left join filing_return as returned on returned.filing_id = filing.id and returned.recipient = recipient.recipient
  left join lateral (
    select version from filing_return where plan_id = filing.plan_id and version < filing.version
      and filing_return.recipient = recipient.recipient order by version desc limit 1
  ) as earlier on true`;

/** Both recipients' standings to a filing as one object. */
export function standingsOf(filing: string) {
  return `(select json_object_agg(recipient, state) from (${standings} where filing.id = ${filing}.id) as standing)`;
}

interface Filed {
  readonly state: string;
  readonly filedAt: string | null;
  readonly standings: Standings | null;
}

/** Puts into words where plans are. */
@Injectable()
export class PlanStatuses {
  constructor(
    private readonly rules: RuleRecords,
    private readonly clock: Clock,
  ) {}

  /** No document says by when a receipt is given: the office may set it (`filing-receipt`, calendar days). */
  async deadlines(tx: EntityManager): Promise<(filedAt: string) => string | null> {
    const day = this.clock.today();
    const setting = await this.rules.find<{ days?: number }>(tx, { rule: 'filing-receipt', scope: 'programme', day });
    const days = setting?.value?.days;
    return (filedAt) => (days === undefined ? null : addDays(filedAt.slice(0, 10), days));
  }

  async teller(tx: EntityManager) {
    const dueOf = await this.deadlines(tx);
    return <Plan extends Filed>(plan: Plan): Plan & { readonly status: PlanStatus } => {
      const dueOn = plan.filedAt === null ? null : dueOf(plan.filedAt);
      return { ...plan, status: statusOfPlan(plan.state, plan.standings, dueOn) };
    };
  }
}
