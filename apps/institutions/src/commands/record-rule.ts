import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, confidences, Day, Json, levels, OneOf, RuleRecorded, Text, Uuid } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, refuseIf, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { requireProvince } from '../data/province-only.js';
import { ruleIdOf } from '../data/reference/identifiers.js';
import { reasonsNotToRecord } from '../domain/recording.js';

export class RuleReceipt {
  @Uuid() readonly ruleId!: string;
}

/** Record a rule as it holds from a day on, with its source. Whoever records it has confirmed it. */
export class RecordRule extends Command<RuleReceipt> {
  @Code({ example: 'hours' }) readonly rule!: string;
  @Code({ description: 'programme 或职业编码' }) readonly scope!: string;
  @Text(1, 60, { nullable: true, example: '2021年版' }) readonly edition!: string | null;
  @OneOf(levels, { nullable: true }) readonly level!: string | null;
  @Json({ nullable: true, description: '未核实时为 null' }) readonly value!: object | null;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Text(1, 200) readonly document!: string;
  @Text(1, 200) readonly article!: string;
  @OneOf(confidences) readonly confidence!: string;
}

@CommandHandler(RecordRule)
export class RecordRuleHandler implements ICommandHandler<RecordRule> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute(command: RecordRule) {
    requireProvince('rules:manage');
    return this.db.transaction(async (tx) => {
      const ruleId = ruleIdOf(command);
      const facts = await whatIsThere(tx, command.scope, ruleId);
      refuseIf(reasonsNotToRecord({ ...command, ...facts }));

      const written = await write(tx, ruleId, command, this.clock.now());
      refuseIf(written ? [] : ['rule-recorded']);
      announce(tx, RuleRecorded, { ruleId, ...command });
      await this.audit.note({ subject: `rule:${ruleId}`, detail: { rule: command.rule, scope: command.scope } });
      return { ruleId };
    });
  }
}

async function whatIsThere(tx: EntityManager, scope: string, ruleId: string) {
  const found = await row<{ occupationKnown: boolean; recorded: boolean }>(
    tx,
    `select exists (select from occupation where code = $1) as "occupationKnown",
       exists (select from rule_record where id = $2 and value is not null) as recorded`,
    [scope, ruleId],
  );
  return { occupationKnown: found?.occupationKnown === true, recorded: found?.recorded === true };
}

/** Fills a record that was empty, or adds one. Nothing when somebody else has just recorded the same. */
const write = (tx: EntityManager, id: string, rule: RecordRule, at: Date) =>
  row(
    tx,
    `insert into rule_record as kept (id, rule, scope, edition, level, value, valid_from, valid_to, document, article, confidence, recorded_at, confirmed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (id) do update set value = excluded.value, valid_to = excluded.valid_to, document = excluded.document,
       article = excluded.article, confidence = excluded.confidence, note = null, recorded_at = excluded.recorded_at,
       confirmed_by = excluded.confirmed_by
     where kept.value is null
     returning id`,
    [
      id,
      rule.rule,
      rule.scope,
      rule.edition,
      rule.level,
      rule.value && JSON.stringify(rule.value),
      rule.from,
      rule.to,
      rule.document,
      rule.article,
      rule.confidence,
      at,
      actor().accountId ?? null,
    ],
  );
