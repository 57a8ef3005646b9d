import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Flag, Int, Json, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Clock, Database, Missing, row, rows } from '@shuzheng/platform';
import { departmentOnly } from '../data/batches.js';
import { settingsOn } from '../data/signals.js';
import { defaultOf, signalRules } from '../domain/signals/rules.js';

export class SettingView {
  @Json() readonly values!: object;
  @Text(1, 300, { description: '产品默认值，或省厅设定及其依据' }) readonly source!: string;
  @Code() readonly confidence!: string;
  @Day({ nullable: true }) readonly from!: string | null;
}

export class SignalRuleView {
  @Code() readonly code!: string;
  @Text(1, 100) readonly title!: string;
  @Text(1, 500) readonly words!: string;
  @Text(1, 200) readonly source!: string;
  @Code() readonly confidence!: string;
  @OneOf(['blocking', 'advisory']) readonly severity!: string;
  @Json({ description: '各参数的名称、默认值与范围' }) readonly parameters!: object;
  @Json({ description: '今天适用的参数' }) readonly setting!: SettingView;
  @Int(0, 10_000, { nullable: true, description: '该批次未处理的疑点数；未指定批次时为 null' })
  readonly open!: number | null;
  @Flag({ nullable: true, description: 'true：所需数值待核实，该批次未检查' }) readonly unverified!: boolean | null;
}

export class SignalRules {
  @List(() => SignalRuleView, 0, 100) readonly rules!: SignalRuleView[];
}

export class SignalRulesFilter {
  @Uuid({ optional: true }) readonly batchId?: string;
}

/** Every rule in words, with what it goes by today; for one batch also what it found and what it could not check. */
export class ListSignalRules extends Query<SignalRules> {
  constructor(readonly filter: SignalRulesFilter) {
    super();
  }
}

@QueryHandler(ListSignalRules)
export class ListSignalRulesHandler implements IQueryHandler<ListSignalRules> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  execute({ filter: { batchId } }: ListSignalRules) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      if (batchId !== undefined && !(await row(tx, 'select 1 from batch where id = $1', [batchId])))
        throw new Missing();
      const settings = await settingsOn(tx, this.clock.today());
      const round = await row<{ unverified: string[] }>(tx, 'select unverified from signal_round where batch_id = $1', [
        batchId ?? null,
      ]);
      const open = await rows<{ code: string; count: number }>(tx, countOpen, [batchId ?? null]);
      const counts = new Map(open.map(({ code, count }) => [code, count]));
      const rules = signalRules.map((rule) => ({
        ...{ code: rule.code, title: rule.title, words: rule.words, source: rule.source },
        ...{ confidence: rule.confidence, severity: rule.severity, parameters: rule.parameters },
        setting: settings.get(rule.code) ?? defaultOf(rule),
        open: batchId === undefined ? null : (counts.get(rule.code) ?? 0),
        unverified: batchId === undefined ? null : (round?.unverified.includes(rule.code) ?? false),
      }));
      return { rules };
    });
  }
}

const countOpen = `select code, count(*)::int as count from signal where batch_id = $1 and state = 'open' group by code`;
