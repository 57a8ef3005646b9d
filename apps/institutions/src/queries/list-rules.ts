import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, confidences, Day, Flag, Instant, Int, Json, levels, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Listing, Missing, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { knownConfidences, statuses, statusOf } from '../domain/known.js';
import { kindOf } from '../domain/rule-kinds.js';

export class RuleView {
  @Uuid() readonly id!: string;
  @Code() readonly rule!: string;
  @Text(1, 100, { description: '规则名称' }) readonly title!: string;
  @Code({ description: 'programme 或职业编码' }) readonly scope!: string;
  @Text(1, 60, { nullable: true }) readonly edition!: string | null;
  @OneOf(levels, { nullable: true }) readonly level!: string | null;
  @Json({ nullable: true, description: 'null 表示待核实' }) readonly value!: object | null;
  @Text(1, 200, { description: '值的格式' }) readonly form!: string;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Text(1, 200) readonly document!: string;
  @Text(1, 200) readonly article!: string;
  @OneOf(confidences) readonly confidence!: string;
  @OneOf(statuses) readonly status!: string;
  @Text(1, 500, { nullable: true, description: '待核实的内容和可查之处' }) readonly note!: string | null;
  @Instant() readonly recordedAt!: string;
  @Flag({ description: '由省厅人员登记；否则随系统提供' }) readonly confirmed!: boolean;
  @Uuid({ nullable: true, description: '登记人；只对省厅可见' }) readonly recordedBy!: string | null;
  @Uuid({ nullable: true, description: '确认人；只对省厅可见' }) readonly confirmedBy!: string | null;
  @Day({ nullable: true, description: '自该日起撤销' }) readonly withdrawnOn!: string | null;
  @Text(1, 500, { nullable: true }) readonly withdrawalReason!: string | null;
  @Uuid({ nullable: true, description: '所替换的规则' }) readonly replaces!: string | null;
  @Int(1, 1_000_000, { description: '修改时放入 If-Match' }) readonly version!: number;
}

/** A rule with every record about the same, from the first to the last. */
export class RuleDetails extends RuleView {
  @List(() => RuleView, 1, 200) readonly history!: readonly RuleView[];
}
export const RulePage = PageOf(RuleView);

export class RuleFilter extends SortedBy('scope', 'rule', 'from', 'recordedAt') {
  @Code({ optional: true }) readonly rule?: string;
  @Code({ optional: true }) readonly scope?: string;
  @Text(1, 60, { optional: true }) readonly edition?: string;
  @OneOf(levels, { optional: true }) readonly level?: string;
  @OneOf(statuses, { optional: true }) readonly status?: string;
  @Day({ optional: true, description: '只列当日适用的记录' }) readonly on?: string;
}

export class ListRules extends Query<Page<RuleView>> {
  constructor(readonly filter: RuleFilter) {
    super();
  }
}

export class FindRule extends Query<RuleDetails> {
  constructor(readonly ruleId: string) {
    super();
  }
}

/** On a day, the record that began last is the one that holds. */
const holdsOn = `one.valid_from <= ?::date and (one.valid_to is null or ?::date <= one.valid_to)
  and (one.withdrawn_on is null or ?::date < one.withdrawn_on)
  and not exists (
    select from rule_record as later
    where (later.rule, later.scope) = (one.rule, one.scope) and later.edition is not distinct from one.edition
      and later.level is not distinct from one.level and later.valid_from > one.valid_from
      and later.valid_from <= ?::date and (later.valid_to is null or ?::date <= later.valid_to)
      and (later.withdrawn_on is null or ?::date < later.withdrawn_on)
  )`;

/** Who did it is the department's own business. */
const provinceOnly = (column: string) => `case when app_reach() in ('province', 'system') then ${column} end`;

const isKnown = `(value is not null and confidence in (${knownConfidences.map((one) => `'${one}'`).join(', ')}))`;

@QueryHandler(ListRules)
export class ListRulesHandler implements IQueryHandler<ListRules> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: ListRules) {
    const listed = await page<Stored>(this.db, listing(filter), filter);
    return { ...listed, items: listed.items.map(viewOf) };
  }
}

@QueryHandler(FindRule)
export class FindRuleHandler implements IQueryHandler<FindRule> {
  constructor(private readonly db: Database) {}

  async execute({ ruleId }: FindRule) {
    const one = await page<Stored>(this.db, listing({}, ['one.id = ?', ruleId]), {});
    const [found] = one.items;
    if (!found) throw new Missing();
    const about = [found.rule, found.scope, found.edition, found.level];
    const all = await page<Stored>(this.db, listing({}, [sameAbout, about]), { sort: 'from', limit: 200 });
    return { ...viewOf(found), history: all.items.map(viewOf) };
  }
}

type Stored = Omit<RuleView, 'title' | 'form' | 'status'>;
const sameAbout = `(rule, scope) = ((?::text[])[1], (?::text[])[2]) and edition is not distinct from (?::text[])[3]
  and level is not distinct from (?::text[])[4]`;

const listing = (filter: RuleFilter, only: readonly [string, unknown] = ['one.id = ?', undefined]): Listing => ({
  columns: {
    id: 'one.id',
    rule: 'rule',
    scope: 'scope',
    edition: 'edition',
    level: 'level',
    value: 'value',
    from: 'valid_from',
    to: 'valid_to',
    document: 'document',
    article: 'article',
    confidence: 'confidence',
    note: 'note',
    recordedAt: 'recorded_at',
    confirmed: 'confirmed_by is not null',
    recordedBy: provinceOnly('recorded_by'),
    confirmedBy: provinceOnly('confirmed_by'),
    withdrawnOn: 'withdrawn_on',
    withdrawalReason: 'withdrawal_reason',
    replaces: 'replaces',
    version: 'version',
  },
  from: 'rule_record as one',
  where: [
    only,
    ['rule = ?', filter.rule],
    ['scope = ?', filter.scope],
    ['edition = ?', filter.edition],
    ['level = ?', filter.level],
    [`${isKnown} = ?::boolean`, filter.status && filter.status === 'known'],
    [holdsOn, filter.on],
  ],
});

const viewOf = (record: Stored): RuleView => ({
  ...record,
  title: kindOf(record.rule)?.title ?? record.rule,
  form: kindOf(record.rule)?.form ?? '{}',
  status: statusOf(record.value, record.confidence),
});
