import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, confidences, Day, Instant, Json, levels, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { draftStates } from '../domain/amending-rules.js';

export class RuleDraftView {
  @Uuid() readonly id!: string;
  @Code() readonly rule!: string;
  @Code() readonly scope!: string;
  @Text(1, 60, { nullable: true }) readonly edition!: string | null;
  @OneOf(levels, { nullable: true }) readonly level!: string | null;
  @Json({ nullable: true }) readonly value!: object | null;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Text(1, 200) readonly document!: string;
  @Text(1, 200) readonly article!: string;
  @OneOf(confidences) readonly confidence!: string;
  @Uuid({ nullable: true, description: '要替换的规则' }) readonly replaces!: string | null;
  @OneOf(draftStates) readonly state!: string;
  @Uuid() readonly recordedBy!: string;
  @Instant() readonly recordedAt!: string;
  @Uuid({ nullable: true }) readonly decidedBy!: string | null;
  @Instant({ nullable: true }) readonly decidedAt!: string | null;
  @Text(1, 500, { nullable: true }) readonly reason!: string | null;
  @Uuid({ nullable: true, description: '确认后登记的规则' }) readonly ruleId!: string | null;
}
export const RuleDraftPage = PageOf(RuleDraftView);

export class RuleDraftFilter extends SortedBy('-recordedAt', 'rule', 'scope') {
  @OneOf(draftStates, { optional: true }) readonly state?: string;
  @Code({ optional: true }) readonly rule?: string;
  @Code({ optional: true }) readonly scope?: string;
}

export class ListRuleDrafts extends Query<Page<RuleDraftView>> {
  constructor(readonly filter: RuleDraftFilter) {
    super();
  }
}

@QueryHandler(ListRuleDrafts)
export class ListRuleDraftsHandler implements IQueryHandler<ListRuleDrafts> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListRuleDrafts) {
    return page<RuleDraftView & Record<string, unknown>>(
      this.db,
      {
        columns: {
          id: 'id',
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
          replaces: 'replaces',
          state: 'state',
          recordedBy: 'recorded_by',
          recordedAt: 'recorded_at',
          decidedBy: 'decided_by',
          decidedAt: 'decided_at',
          reason: 'reason',
          ruleId: 'rule_id',
        },
        from: 'rule_draft',
        where: [
          ['state = ?', filter.state],
          ['rule = ?', filter.rule],
          ['scope = ?', filter.scope],
        ],
      },
      filter,
    );
  }
}
