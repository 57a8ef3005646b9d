import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, refuseIf, requireVersion } from '@shuzheng/platform';
import { requireProvince } from '../data/province-only.js';
import { contentOf, lockRule, needsSecondPerson, recordRule, RuleReplacement } from '../data/rule-records.js';

export class ReplacementReceipt {
  @Uuid() readonly ruleId!: string;
  @Uuid() readonly replacedRuleId!: string;
}

/** Record a rule in the place of another, which holds to the day before. */
export class ReplaceRule extends Command<ReplacementReceipt> {
  constructor(
    readonly ruleId: string,
    readonly replacement: RuleReplacement,
  ) {
    super();
  }
}

@CommandHandler(ReplaceRule)
export class ReplaceRuleHandler implements ICommandHandler<ReplaceRule> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ ruleId: replacedRuleId, replacement }: ReplaceRule) {
    requireProvince('rules:manage');
    return this.db.transaction(async (tx) => {
      const old = await lockRule(tx, replacedRuleId);
      requireVersion(old.version);
      refuseIf((await needsSecondPerson(tx, this.clock.today())) ? ['rule-needs-second-person'] : []);
      const me = actor().accountId ?? null;
      const content = { ...contentOf(old), ...replacement };
      const ruleId = await recordRule(tx, content, { recordedBy: me, confirmedBy: me, at: this.clock.now() }, old);
      await this.audit.note({ subject: `rule:${ruleId}`, detail: { rule: old.rule, replaces: replacedRuleId } });
      return { ruleId, replacedRuleId };
    });
  }
}
