import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, Prose, RuleWithdrawn, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import { requireProvince } from '../data/province-only.js';
import { lockRule } from '../data/rule-records.js';
import { reasonsNotToWithdraw } from '../domain/amending-rules.js';

export class WithdrawalReceipt {
  @Uuid() readonly ruleId!: string;
  @Int(1, 1_000_000) readonly version!: number;
}

export class RuleWithdrawal {
  @Day({ description: '自该日起不再适用' }) readonly on!: string;
  @Prose(2, 500) readonly reason!: string;
}

/** Let a rule hold no more from a day on. What was judged by it keeps naming it. */
export class WithdrawRule extends Command<WithdrawalReceipt> {
  constructor(
    readonly ruleId: string,
    readonly withdrawal: RuleWithdrawal,
  ) {
    super();
  }
}

@CommandHandler(WithdrawRule)
export class WithdrawRuleHandler implements ICommandHandler<WithdrawRule> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ ruleId, withdrawal: { on, reason } }: WithdrawRule) {
    requireProvince('rules:manage');
    return this.db.transaction(async (tx) => {
      const { scope, version, ...rule } = await lockRule(tx, ruleId);
      requireVersion(version);
      refuseIf(reasonsNotToWithdraw({ ...rule, on, today: this.clock.today() }));

      await sql(
        tx,
        'update rule_record set withdrawn_on = $2, withdrawal_reason = $3, version = version + 1 where id = $1',
        [ruleId, on, reason],
      );
      announce(tx, RuleWithdrawn, { ruleId, scope, withdrawnOn: on, reason });
      await this.audit.note({ subject: `rule:${ruleId}`, detail: { withdrawnOn: on } });
      return { ruleId, version: version + 1 };
    });
  }
}
