import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Decimal, Flag, Int, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor, Clock, Database, rows, RuleRecords } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { Condition } from '../domain/applying.js';

export class ConditionView {
  @Int(1, 20) readonly number!: number;
  @Text(1, 500) readonly text!: string;
}

export class OpenSessionView {
  @Uuid() readonly sessionId!: string;
  @Text(1, 20) readonly serial!: string;
  @Text(1, 200, { nullable: true, description: '评价机构' }) readonly organisationName!: string | null;
  @Code() readonly occupationCode!: string;
  @Text(1, 60) readonly edition!: string;
  @Code() readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day() readonly theoryOn!: string;
  @Day() readonly abilityOn!: string;
  @Text(1, 200) readonly site!: string;
  @Int(0, 5000) readonly seatsLeft!: number;
  @Uuid({ description: '取得学时的培训班' }) readonly classId!: string;
  @Decimal(0, 10000) readonly hours!: number;
  @Flag({ description: '是否属于本人培训计划的考核计划' }) readonly ownPlan!: boolean;
  @Flag() readonly applied!: boolean;
  @OneOf(['known', '待核实'], { description: '申报条件是否已录入' }) readonly conditionsStatus!: string;
  @List(() => ConditionView, 0, 20) readonly conditions!: Condition[];
}

export class OpenSessions {
  @List(() => OpenSessionView, 0, 200) readonly items!: OpenSessionView[];
}

/** The sessions a learner may apply for with the classes they have finished. */
export class ListOpenSessions extends Query<OpenSessions> {}

@QueryHandler(ListOpenSessions)
export class ListOpenSessionsHandler implements IQueryHandler<ListOpenSessions> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rules: RuleRecords,
  ) {}

  execute(): Promise<OpenSessions> {
    return this.db.transaction(async (tx) => {
      const found = await rows<OpenSessionView>(tx, open, [actor().personId ?? null, this.clock.today()]);
      const items: OpenSessionView[] = [];
      for (const session of found) items.push({ ...session, ...(await this.conditions(tx, session)) });
      return { items };
    });
  }

  private async conditions(tx: EntityManager, { occupationCode: scope, edition, level }: OpenSessionView) {
    const ask = { rule: 'conditions', scope, edition, level, day: this.clock.today() };
    const record = await this.rules.find<{ items: Condition[] }>(tx, ask);
    const conditions = record?.value?.items;
    return { conditionsStatus: conditions ? 'known' : '待核实', conditions: conditions ?? [] };
  }
}

const open = `
  select s.id as "sessionId", s.serial, organisation.name as "organisationName", s.occupation_code as "occupationCode", s.edition,
    s.level, s.direction, s.theory_on as "theoryOn", s.ability_on as "abilityOn", s.site, s.seats - s.taken as "seatsLeft",
    c.class_id as "classId", c.hours, s.training_plan_id = c.training_plan_id as "ownPlan",
    exists (select from application as a where a.session_id = s.id and a.person_id = $1 and a.state in ('submitted', 'qualified'))
      as applied
  from known_completion as c
  join session as s using (occupation_code, edition, level, direction)
  left join known_organisation as organisation on organisation.id = s.organisation_id
  where c.person_id = $1 and s.state = 'open' and $2 <= least(s.theory_on, s.ability_on)
  order by s.training_plan_id = c.training_plan_id desc, s.theory_on, s.serial limit 200`;
