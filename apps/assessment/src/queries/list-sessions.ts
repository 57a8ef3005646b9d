import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, Nested, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Calendars, Database, Missing, type Page, page, PageOf, PageQuery, row } from '@shuzheng/platform';
import { timeliness } from '../domain/reporting.js';
import { lastPaperOn } from '../domain/subject.js';

const states = ['open', 'sat', 'marked', 'released', 'reported'] as const;

export class SessionView {
  @Uuid() readonly id!: string;
  @Text(1, 20, { description: '批次号' }) readonly serial!: string;
  @Uuid() readonly planId!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 60) readonly edition!: string;
  @Code() readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day() readonly theoryOn!: string;
  @Day() readonly abilityOn!: string;
  @Text(1, 200) readonly site!: string;
  @Int(1, 5000) readonly seats!: number;
  @Int(0, 5000, { description: '已占用的名额' }) readonly taken!: number;
  @OneOf(states) readonly state!: string;
  @Instant() readonly openedAt!: string;
}
export const SessionPage = PageOf(SessionView);

export class SessionCounts {
  @Int(0, 5000) readonly submitted!: number;
  @Int(0, 5000) readonly qualified!: number;
  @Int(0, 5000) readonly refused!: number;
  @Int(0, 5000) readonly withdrawn!: number;
  @Int(0, 5000) readonly recorded!: number;
  @Int(0, 5000) readonly released!: number;
  @Int(0, 5000) readonly passed!: number;
  @Int(0, 5000) readonly voided!: number;
  @Int(0, 5000, { description: '尚无成绩的考生' }) readonly missing!: number;
  @Int(0, 5000) readonly returned!: number;
}

export class SessionDetail extends SessionView {
  @Day() readonly lastPaperOn!: string;
  @Day({ description: '报送到期日（三十日）' }) readonly dueOn!: string;
  @Day({ description: '遇休息日顺延后的到期日' }) readonly effectiveDueOn!: string;
  @Nested(() => SessionCounts) readonly counts!: SessionCounts;
  @Uuid({ nullable: true }) readonly reportId!: string | null;
}

export class SessionFilter extends PageQuery {
  @OneOf(states, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly planId?: string;
}

export class ListSessions extends Query<Page<SessionView>> {
  constructor(readonly filter: SessionFilter) {
    super();
  }
}

export class FindSession extends Query<SessionDetail> {
  constructor(readonly sessionId: string) {
    super();
  }
}

const listing = {
  columns: {
    id: 'id',
    serial: 'serial',
    planId: 'plan_id',
    organisationId: 'organisation_id',
    cityCode: 'city_code',
    occupationCode: 'occupation_code',
    edition: 'edition',
    level: 'level',
    direction: 'direction',
    theoryOn: 'theory_on',
    abilityOn: 'ability_on',
    site: 'site',
    seats: 'seats',
    taken: 'taken',
    state: 'state',
    openedAt: 'opened_at',
  },
  from: 'session',
  sorts: ['-openedAt', 'serial', 'theoryOn'],
};

@QueryHandler(ListSessions)
export class ListSessionsHandler implements IQueryHandler<ListSessions> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListSessions) {
    const where = [
      ['state = ?', filter.state],
      ['plan_id = ?', filter.planId],
    ] as const;
    return page<SessionView>(this.db, { ...listing, where }, filter);
  }
}

@QueryHandler(FindSession)
export class FindSessionHandler implements IQueryHandler<FindSession> {
  constructor(
    private readonly db: Database,
    private readonly calendars: Calendars,
  ) {}

  execute({ sessionId }: FindSession): Promise<SessionDetail> {
    return this.db.transaction(async (tx) => {
      const { items } = await page<SessionView>(this.db, { ...listing, where: [['id = ?', sessionId]] }, {});
      const [session] = items;
      const counted = await row<SessionCounts & { reportId: string | null }>(tx, counts, [sessionId]);
      if (!session || !counted) throw new Missing();
      const { reportId, ...rest } = counted;
      const last = lastPaperOn(session);
      const { dueOn, effectiveDueOn } = timeliness(await this.calendars.load(tx), last, last);
      return { ...session, lastPaperOn: last, dueOn, effectiveDueOn, counts: rest, reportId };
    });
  }
}

const counts = `
  with a as (select id, state from application where session_id = $1),
    r as (select application_id, state, outcome from result where session_id = $1)
  select
    (select count(*) from a where state = 'submitted')::int as submitted,
    (select count(*) from a where state = 'qualified')::int as qualified,
    (select count(*) from a where state = 'refused')::int as refused,
    (select count(*) from a where state = 'withdrawn')::int as withdrawn,
    (select count(*) from r where state = 'recorded')::int as recorded,
    (select count(*) from r where state = 'released')::int as released,
    (select count(*) from r where state = 'released' and outcome = 'passed')::int as passed,
    (select count(*) from r where state = 'void')::int as voided,
    (select count(*) from a where state = 'qualified' and id not in (select application_id from r))::int as missing,
    (select count(*) from known_decision where session_id = $1 and decision = 'returned')::int as returned,
    (select id from result_report where session_id = $1 order by part desc limit 1) as "reportId"`;
