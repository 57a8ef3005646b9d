import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, refuseIf } from '@shuzheng/platform';
import { requireProvince } from '../data/province-only.js';
import { needsSecondPerson, recordRule, RuleContent } from '../data/rule-records.js';

export class RuleReceipt {
  @Uuid() readonly ruleId!: string;
}

/** Record a rule as it holds from a day on, with its source. Whoever records it has confirmed it. */
export class RecordRule extends Command<RuleReceipt> {
  constructor(readonly content: RuleContent) {
    super();
  }
}

@CommandHandler(RecordRule)
export class RecordRuleHandler implements ICommandHandler<RecordRule> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ content }: RecordRule) {
    requireProvince('rules:manage');
    return this.db.transaction(async (tx) => {
      refuseIf((await needsSecondPerson(tx, this.clock.today())) ? ['rule-needs-second-person'] : []);
      const me = actor().accountId ?? null;
      const ruleId = await recordRule(tx, content, { recordedBy: me, confirmedBy: me, at: this.clock.now() });
      await this.audit.note({ subject: `rule:${ruleId}`, detail: { rule: content.rule, scope: content.scope } });
      return { ruleId };
    });
  }
}
