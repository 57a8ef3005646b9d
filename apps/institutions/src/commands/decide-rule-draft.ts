import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { requireProvince } from '../data/province-only.js';
import { contentOf, lockRule, recordRule, type RuleContent } from '../data/rule-records.js';
import {
  type DraftAct,
  draftActs,
  type DraftState,
  draftStates,
  reasonsNotToDecide,
} from '../domain/amending-rules.js';

export class DraftDecisionReceipt {
  @Uuid() readonly draftId!: string;
  @OneOf(draftStates) readonly state!: string;
  @Uuid({ nullable: true, description: '确认后登记的规则' }) readonly ruleId!: string | null;
}

export class DiscardReason {
  @Prose(2, 500) readonly reason!: string;
}

/** Confirm what another person has drafted, so that it holds; or discard it. */
export class DecideRuleDraft extends Command<DraftDecisionReceipt> {
  constructor(
    readonly draftId: string,
    readonly act: DraftAct,
    readonly reason?: string,
  ) {
    super();
  }
}

@CommandHandler(DecideRuleDraft)
export class DecideRuleDraftHandler implements ICommandHandler<DecideRuleDraft> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ draftId, act, reason }: DecideRuleDraft) {
    requireProvince('rules:manage');
    return this.db.transaction(async (tx) => {
      const draft = await lockDraft(tx, draftId);
      const { accountId } = actor();
      refuseIf(reasonsNotToDecide({ act, ...draft, decidedBy: accountId }));

      const ruleId = act === 'confirm' ? await this.confirm(tx, draft, accountId ?? null) : null;
      const state = draftActs[act].to;
      await sql(
        tx,
        `update rule_draft set state = $2, decided_by = $3, decided_at = $4, reason = $5, rule_id = $6 where id = $1`,
        [draftId, state, accountId ?? null, this.clock.now(), reason ?? null, ruleId],
      );
      await this.audit.note({ subject: `rule-draft:${draftId}`, detail: { state, ruleId } });
      return { draftId, state, ruleId };
    });
  }

  private async confirm(tx: EntityManager, draft: Draft, confirmedBy: string | null) {
    const signed = { recordedBy: draft.recordedBy, confirmedBy, at: this.clock.now() };
    const replaced = draft.replaces === null ? undefined : await lockRule(tx, draft.replaces);
    // What takes the place of a rule is about the same as that rule, whatever the draft says.
    const about = replaced && {
      rule: replaced.rule,
      scope: replaced.scope,
      edition: replaced.edition,
      level: replaced.level,
    };
    return recordRule(tx, { ...contentOf(draft), ...about }, signed, replaced);
  }
}

interface Draft extends RuleContent {
  readonly state: DraftState;
  readonly recordedBy: string;
  readonly replaces: string | null;
}

async function lockDraft(tx: EntityManager, id: string) {
  const found = await row<Draft & Record<string, unknown>>(
    tx,
    `select rule, scope, edition, level, value, valid_from as "from", valid_to as "to", document, article, confidence,
       state, recorded_by as "recordedBy", replaces from rule_draft where id = $1 for update`,
    [id],
  );
  if (!found) throw new Missing();
  return found;
}
