import { Code, confidences, Day, Json, levels, OneOf, Prose, RuleRecorded } from '@shuzheng/contracts';
import { announce, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import { addDays } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { reasonsNotToRecord } from '../domain/recording.js';
import { reasonsNotToReplace } from '../domain/amending-rules.js';
import { ruleIdOf } from './reference/identifiers.js';

/** A rule as it is recorded, or drafted. */
export class RuleContent {
  @Code({ example: 'hours' }) readonly rule!: string;
  @Code({ description: 'programme 或职业编码' }) readonly scope!: string;
  @Prose(1, 60, { nullable: true, example: '2021年版' }) readonly edition!: string | null;
  @OneOf(levels, { nullable: true }) readonly level!: string | null;
  @Json({ nullable: true, description: '未核实时为 null' }) readonly value!: object | null;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Prose(1, 200) readonly document!: string;
  @Prose(1, 200) readonly article!: string;
  @OneOf(confidences) readonly confidence!: string;
}

/** What takes the place of a rule: about the same, from a later day. */
export class RuleReplacement {
  @Json({ nullable: true, description: '未核实时为 null' }) readonly value!: object | null;
  @Day({ description: '新规则自该日起；原规则到前一日为止' }) readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Prose(1, 200) readonly document!: string;
  @Prose(1, 200) readonly article!: string;
  @OneOf(confidences) readonly confidence!: string;
}

/** Who recorded and who confirmed, and when. */
export interface Signed {
  readonly recordedBy: string | null;
  readonly confirmedBy: string | null;
  readonly at: Date;
}

export interface StoredRule extends RuleContent {
  readonly ruleId: string;
  readonly version: number;
  readonly withdrawnOn: string | null;
}

export async function lockRule(tx: EntityManager, id: string) {
  const found = await row<StoredRule & Record<string, unknown>>(
    tx,
    `select id as "ruleId", rule, scope, edition, level, value, valid_from as "from", valid_to as "to", document, article,
       confidence, version, withdrawn_on as "withdrawnOn" from rule_record where id = $1 for update`,
    [id],
  );
  if (!found) throw new Missing();
  return found;
}

/** Records a rule, under the id that follows from what it is about and from when, and announces it. */
export async function recordRule(tx: EntityManager, content: RuleContent, signed: Signed, replaces?: StoredRule) {
  const ruleId = ruleIdOf(content);
  const facts = await whatIsThere(tx, content.scope, ruleId);
  refuseIf([
    ...reasonsNotToRecord({ ...content, ...facts }),
    ...(replaces ? reasonsNotToReplace({ ...replaces, replacedFrom: content.from }) : []),
  ]);
  const written = await write(tx, ruleId, content, signed, replaces?.ruleId ?? null);
  refuseIf(written ? [] : ['rule-recorded']);
  if (replaces) await close(tx, replaces, addDays(content.from, -1));
  announce(tx, RuleRecorded, { ruleId, ...contentOf(content) });
  return ruleId;
}

/** The rule that is replaced holds to the day before; what was judged by it keeps naming it. */
async function close(tx: EntityManager, { ruleId, ...rule }: StoredRule, lastDay: string) {
  const to = rule.to !== null && rule.to < lastDay ? rule.to : lastDay;
  await sql(tx, 'update rule_record set valid_to = $2, version = version + 1 where id = $1', [ruleId, to]);
  announce(tx, RuleRecorded, { ruleId, ...contentOf(rule), to });
}

export const contentOf = (one: RuleContent): RuleContent => ({
  rule: one.rule,
  scope: one.scope,
  edition: one.edition,
  level: one.level,
  value: one.value,
  from: one.from,
  to: one.to,
  document: one.document,
  article: one.article,
  confidence: one.confidence,
});

async function whatIsThere(tx: EntityManager, scope: string, ruleId: string) {
  const found = await row<{ occupationKnown: boolean; recorded: boolean }>(
    tx,
    `select exists (select from occupation where code = $1) as "occupationKnown",
       exists (select from rule_record where id = $2 and (value is not null or withdrawn_on is not null)) as recorded`,
    [scope, ruleId],
  );
  return { occupationKnown: found?.occupationKnown === true, recorded: found?.recorded === true };
}

/** Fills a record that was empty, or adds one. Nothing when somebody else has just recorded the same. */
const write = (tx: EntityManager, id: string, rule: RuleContent, signed: Signed, replaces: string | null) =>
  row(
    tx,
    `insert into rule_record as kept (id, rule, scope, edition, level, value, valid_from, valid_to, document, article,
       confidence, recorded_at, recorded_by, confirmed_by, replaces)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (id) do update set value = excluded.value, valid_to = excluded.valid_to, document = excluded.document,
       article = excluded.article, confidence = excluded.confidence, note = null, recorded_at = excluded.recorded_at,
       recorded_by = excluded.recorded_by, confirmed_by = excluded.confirmed_by, replaces = excluded.replaces,
       version = kept.version + 1
     where kept.value is null and kept.withdrawn_on is null
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
      signed.at,
      signed.recordedBy,
      signed.confirmedBy,
      replaces,
    ],
  );

/** Does the office's setting of that day ask for a second person? */
export async function needsSecondPerson(tx: EntityManager, day: string) {
  const found = await row<{ required: boolean | null }>(
    tx,
    `select (value ->> 'required')::boolean as required from rule_record
     where rule = 'rule-confirmation' and valid_from <= $1 and (valid_to is null or $1 <= valid_to)
       and (withdrawn_on is null or $1 < withdrawn_on) order by valid_from desc limit 1`,
    [day],
  );
  return found?.required === true;
}
