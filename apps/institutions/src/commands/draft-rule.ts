import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Missing, NotPermitted, row, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { requireProvince } from '../data/province-only.js';
import { RuleContent } from '../data/rule-records.js';

export class DraftReceipt {
  @Uuid() readonly draftId!: string;
}

export class RuleDraft extends RuleContent {
  @Uuid({ optional: true, description: '要替换的规则；该规则到新规则的前一日为止' }) readonly replaces?: string;
}

/** Draft a rule; it holds when another person has confirmed it, and is judged then. */
export class DraftRule extends Command<DraftReceipt> {
  constructor(readonly draft: RuleDraft) {
    super();
  }
}

@CommandHandler(DraftRule)
export class DraftRuleHandler implements ICommandHandler<DraftRule> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ draft }: DraftRule) {
    requireProvince('rules:manage');
    const { accountId } = actor();
    if (accountId === undefined) throw new NotPermitted('rules:manage');
    return this.db.transaction(async (tx) => {
      const { replaces = null } = draft;
      if (replaces && !(await row(tx, 'select 1 from rule_record where id = $1', [replaces]))) throw new Missing();
      const draftId = randomUUID();
      await sql(tx, insert, [
        draftId,
        draft.rule,
        draft.scope,
        draft.edition,
        draft.level,
        draft.value && JSON.stringify(draft.value),
        draft.from,
        draft.to,
        draft.document,
        draft.article,
        draft.confidence,
        replaces,
        accountId,
        this.clock.now(),
      ]);
      await this.audit.note({ subject: `rule-draft:${draftId}`, detail: { rule: draft.rule, scope: draft.scope } });
      return { draftId };
    });
  }
}

const insert = `
  insert into rule_draft (id, rule, scope, edition, level, value, valid_from, valid_to, document, article, confidence,
    replaces, recorded_by, recorded_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;
