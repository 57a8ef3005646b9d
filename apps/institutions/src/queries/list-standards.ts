import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, confidences, Day, Json, levels, Nested, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Clock, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { statuses, statusOf } from '../domain/known.js';

/** One thing a standard sets, as far as it is known. */
export class Parameter {
  @Uuid({ nullable: true }) readonly ruleId!: string | null;
  @Json({ nullable: true, description: 'null 表示待核实' }) readonly value!: object | null;
  @OneOf(statuses) readonly status!: string;
  @OneOf(confidences) readonly confidence!: string;
  @Text(1, 200, { nullable: true }) readonly document!: string | null;
  @Text(1, 200, { nullable: true }) readonly article!: string | null;
}

export class StandardView {
  @Text(1, 200) readonly id!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 100) readonly occupationName!: string;
  @Text(1, 60, { nullable: true, description: 'null 表示版次待核实' }) readonly edition!: string | null;
  @OneOf(levels) readonly level!: string;
  @Text(1, 200, { nullable: true, description: '颁布文件' }) readonly document!: string | null;
  @Day({ nullable: true, description: '颁布日期' }) readonly promulgatedOn!: string | null;
  @OneOf(statuses, { description: '版次和颁布文件是否已核实' }) readonly status!: string;
  @Text(1, 500, { nullable: true }) readonly note!: string | null;
  @Nested(() => Parameter, { description: '职业方向' }) readonly directions!: Parameter;
  @Nested(() => Parameter, { description: '申报条件' }) readonly conditions!: Parameter;
  @Nested(() => Parameter, { description: '合格标准' }) readonly marks!: Parameter;
  @Nested(() => Parameter, { description: '标准学时' }) readonly hours!: Parameter;
}
export const StandardPage = PageOf(StandardView);

export class StandardFilter extends SortedBy('occupationCode') {
  @Code({ optional: true }) readonly occupationCode?: string;
  @Text(1, 60, { optional: true }) readonly edition?: string;
  @OneOf(levels, { optional: true }) readonly level?: string;
  @Day({ optional: true, description: '按哪一日的规则；默认为今日' }) readonly on?: string;
}

export class ListStandards extends Query<Page<StandardView>> {
  constructor(readonly filter: StandardFilter) {
    super();
  }
}

type Row = Omit<StandardView, 'status' | 'directions' | 'conditions' | 'marks' | 'hours'> & {
  confidence: string | null;
};
interface Rule extends Omit<Parameter, 'status'> {
  readonly rule: string;
  readonly of: string;
}

/** An edition shows where it is on record; a standard whose edition is not known shows until one is. */
const standardLevels = `(
    select distinct scope, edition, level from rule_record as one
    where level is not null and (edition is not null or not exists (
      select from rule_record as other where other.scope = one.scope and other.level = one.level and other.edition is not null))
  ) as recorded
  join occupation on occupation.code = scope
  left join standard on standard.occupation_code = scope and standard.edition is not distinct from recorded.edition`;
const keyOf = (rule: string) => `concat_ws('|', ${rule}.scope, coalesce(${rule}.edition, '-'), ${rule}.level)`;

@QueryHandler(ListStandards)
export class ListStandardsHandler implements IQueryHandler<ListStandards> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute({ filter }: ListStandards) {
    const listed = await this.rows(filter);
    const ids = listed.items.map(({ id }) => id);
    const rules = await this.rules(ids, filter.on ?? this.clock.today());
    return {
      ...listed,
      items: listed.items.map((row) =>
        viewOf(
          row,
          rules.filter(({ of }) => of === row.id),
        ),
      ),
    };
  }

  private rows(filter: StandardFilter) {
    return page<Row>(
      this.db,
      {
        columns: {
          id: keyOf('recorded'),
          occupationCode: 'scope',
          occupationName: 'occupation.name',
          edition: 'recorded.edition',
          level: 'level',
          document: 'document',
          promulgatedOn: 'promulgated_on',
          confidence: 'standard.confidence',
          note: 'standard.note',
        },
        from: standardLevels,
        where: [
          ['scope = ?', filter.occupationCode],
          ['recorded.edition = ?', filter.edition],
          ['level = ?', filter.level],
        ],
      },
      filter,
    );
  }

  private rules(ids: readonly string[], day: string) {
    return this.db.read<Rule & Record<string, unknown>>(
      `select distinct on (${keyOf('one')}, rule) ${keyOf('one')} as "of", rule, id as "ruleId", value, confidence, document, article
       from rule_record as one
       where level is not null and ${keyOf('one')} = any($1::text[]) and valid_from <= $2 and (valid_to is null or $2 <= valid_to)
         and (withdrawn_on is null or $2 < withdrawn_on)
       order by ${keyOf('one')}, rule, valid_from desc`,
      [ids, day],
    );
  }
}

function viewOf({ confidence, ...row }: Row, rules: readonly Rule[]): StandardView {
  const parameter = (name: string) => parameterOf(rules.find(({ rule }) => rule === name));
  return {
    ...row,
    status: statusOf(row.document, confidence ?? 'G'),
    directions: parameter('directions'),
    conditions: parameter('conditions'),
    marks: parameter('pass-marks'),
    hours: parameter('hours'),
  };
}

function parameterOf(rule: Rule | undefined): Parameter {
  if (!rule) return { ruleId: null, value: null, status: '待核实', confidence: 'G', document: null, article: null };
  const { ruleId, value, confidence, document, article } = rule;
  return { ruleId, value, status: statusOf(value, confidence), confidence, document, article };
}
