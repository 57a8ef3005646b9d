import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, confidences, Day, levels, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Clock, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { knownConfidences } from '../domain/known.js';
import { kindOf } from '../domain/rule-kinds.js';
import { blockedBy, programmeRules, standardRules } from '../domain/unverified.js';

export class UnverifiedView {
  @Text(1, 200) readonly id!: string;
  @Code() readonly rule!: string;
  @Text(1, 100) readonly title!: string;
  @Code({ description: 'programme 或职业编码' }) readonly scope!: string;
  @Text(1, 100, { nullable: true }) readonly occupationName!: string | null;
  @OneOf(levels, { nullable: true }) readonly level!: string | null;
  @Uuid({ nullable: true, description: '已有的待核实记录；null 表示没有任何记录' }) readonly ruleId!: string | null;
  @OneOf(confidences) readonly confidence!: string;
  @Text(1, 200, { nullable: true }) readonly document!: string | null;
  @Text(1, 500, { nullable: true, description: '可查之处' }) readonly note!: string | null;
  @Text(1, 200, { description: '因此不能判断的事项' }) readonly blocks!: string;
}
export const UnverifiedPage = PageOf(UnverifiedView);

export class UnverifiedFilter extends SortedBy('scope', 'rule') {
  @Code({ optional: true }) readonly rule?: string;
  @Code({ optional: true, description: 'programme 或职业编码' }) readonly scope?: string;
  @OneOf(levels, { optional: true }) readonly level?: string;
  @Day({ optional: true, description: '默认为今日' }) readonly on?: string;
}

/** What nobody has verified yet: of every rule that there must be, those without a known value on the day. */
export class ListUnverified extends Query<Page<UnverifiedView>> {
  constructor(readonly filter: UnverifiedFilter) {
    super();
  }
}

// Codes of our own, never text from outside.
const list = (codes: readonly string[]) => codes.map((code) => `'${code}'`).join(', ');
const asked = `(
    select rule, code as scope, name as occupation_name, level
    from unnest(array[${list(standardRules)}]) as rule, occupation, unnest(array[${list(levels)}]) as level
    union all select rule, 'programme', null, null from unnest(array[${list(programmeRules)}]) as rule
  ) as asked
  left join lateral (
    select * from rule_record as one
    where one.rule = asked.rule and one.scope = asked.scope and one.level is not distinct from asked.level
      and one.withdrawn_on is null order by valid_from desc limit 1
  ) as last on true`;
const notKnown = `not exists (
    select from rule_record as one
    where one.rule = asked.rule and one.scope = asked.scope and one.level is not distinct from asked.level
      and one.value is not null and one.confidence in (${list(knownConfidences)})
      and one.valid_from <= ?::date and (one.valid_to is null or ?::date <= one.valid_to)
      and (one.withdrawn_on is null or ?::date < one.withdrawn_on)
  )`;

@QueryHandler(ListUnverified)
export class ListUnverifiedHandler implements IQueryHandler<ListUnverified> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute({ filter }: ListUnverified) {
    const listed = await page<Omit<UnverifiedView, 'title' | 'blocks'>>(
      this.db,
      {
        columns: {
          id: `concat_ws(':', asked.scope, asked.rule, asked.level)`,
          rule: 'asked.rule',
          scope: 'asked.scope',
          occupationName: 'occupation_name',
          level: 'asked.level',
          ruleId: 'last.id',
          confidence: `coalesce(last.confidence, 'G')`,
          document: 'last.document',
          note: 'last.note',
        },
        from: asked,
        where: [
          [notKnown, filter.on ?? this.clock.today()],
          ['asked.rule = ?', filter.rule],
          ['asked.scope = ?', filter.scope],
          ['asked.level = ?', filter.level],
        ],
      },
      filter,
    );
    return { ...listed, items: listed.items.map(viewOf) };
  }
}

const viewOf = (row: Omit<UnverifiedView, 'title' | 'blocks'>): UnverifiedView => ({
  ...row,
  title: kindOf(row.rule)?.title ?? row.rule,
  blocks: blockedBy(row.rule),
});
