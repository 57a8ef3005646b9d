import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Decimal, Flag, Int, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor, Clock, Database, type Page, page, PageOf, RuleRecords, SortedBy } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { Condition } from '../domain/applying.js';

export class ConditionView {
  @Int(1, 20) readonly number!: number;
  @Text(1, 500) readonly text!: string;
}

export class OpenSessionView {
  @Text(1, 100) readonly id!: string;
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
  @Flag({ description: '评价机构已邀请本人申报' }) readonly invited!: boolean;
  @Day({ nullable: true, description: '评价机构请本人在此日前申报' }) readonly inviteDueOn!: string | null;
  @Day({ description: '申报截止日期' }) readonly applyUntil!: string;
  @OneOf(['known', '待核实'], { description: '申报条件是否已录入' }) readonly conditionsStatus!: string;
  @List(() => ConditionView, 0, 20) readonly conditions!: Condition[];
}

export const OpenSessionPage = PageOf(OpenSessionView);

export class OpenSessionFilter extends SortedBy('rank', 'theoryOn', 'serial') {
  @OneOf(['true', 'false'], { optional: true, description: '是否邀请了本人' }) readonly invited?: string;
}

/** The sessions a learner may apply for with the classes they have finished; those of their own plan first. */
export class ListOpenSessions extends Query<Page<OpenSessionView>> {
  constructor(readonly filter: OpenSessionFilter) {
    super();
  }
}

type Found = Omit<OpenSessionView, 'conditions' | 'conditionsStatus'> & { readonly rank?: string };

@QueryHandler(ListOpenSessions)
export class ListOpenSessionsHandler implements IQueryHandler<ListOpenSessions> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rules: RuleRecords,
  ) {}

  execute({ filter }: ListOpenSessions): Promise<Page<OpenSessionView>> {
    const where = [
      ['c.person_id = ?', actor().personId ?? nobodyId],
      ['least(s.theory_on, s.ability_on) >= ?', this.clock.today()],
      ['s.state = ?', 'open'],
      ['exists (select from known_withdrawal as w where w.enrolment_id = c.enrolment_id) = ?', false],
      ['(invitation.session_id is not null) = ?', filter.invited],
    ] as const;
    return this.db.transaction(async (tx) => {
      const found = await page<Found & Record<string, unknown>>(this.db, { ...listing, where }, filter);
      // The same subject asks for the same conditions, so few are looked up.
      const known = new Map<string, Awaited<ReturnType<typeof this.conditions>>>();
      const items: OpenSessionView[] = [];
      for (const { rank: _rank, ...session } of found.items) {
        const subject = [session.occupationCode, session.edition, session.level].join('|');
        const conditions = known.get(subject) ?? (await this.conditions(tx, session));
        known.set(subject, conditions);
        items.push({ ...session, ...conditions });
      }
      return { ...found, items };
    });
  }

  private async conditions(tx: EntityManager, { occupationCode: scope, edition, level }: Found) {
    const ask = { rule: 'conditions', scope, edition, level, day: this.clock.today() };
    const record = await this.rules.find<{ items: Condition[] }>(tx, ask);
    const conditions = record?.value?.items;
    return { conditionsStatus: conditions ? 'known' : '待核实', conditions: conditions ?? [] };
  }
}

/** Nobody's: whoever is no person has finished no class. */
const nobodyId = '00000000-0000-0000-0000-000000000000';

const ownPlan = 's.training_plan_id = c.training_plan_id';
const listing = {
  columns: {
    id: `s.id || '/' || c.class_id`,
    sessionId: 's.id',
    serial: 's.serial',
    organisationName: 'organisation.name',
    occupationCode: 's.occupation_code',
    edition: 's.edition',
    level: 's.level',
    direction: 's.direction',
    theoryOn: 's.theory_on',
    abilityOn: 's.ability_on',
    site: 's.site',
    seatsLeft: 's.seats - s.taken',
    classId: 'c.class_id',
    hours: 'c.hours',
    ownPlan,
    applied: `exists (select from application as a
      where a.session_id = s.id and a.person_id = c.person_id and a.state in ('submitted', 'qualified'))`,
    invited: 'invitation.session_id is not null',
    applyUntil: 'least(s.theory_on, s.ability_on)',
    inviteDueOn: 'invitation.due_on',
    rank: `case when ${ownPlan} then '0' else '1' end || s.theory_on`,
  },
  from: `known_completion as c
    join session as s using (occupation_code, edition, level, direction)
    left join session_invitation as invitation on invitation.session_id = s.id and invitation.person_id = c.person_id
    left join known_organisation as organisation on organisation.id = s.organisation_id`,
};
