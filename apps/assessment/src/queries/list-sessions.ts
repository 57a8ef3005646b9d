import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, levels, Nested, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Calendars, Clock, Database, Missing, type Page, page, PageOf, row, SortedBy } from '@shuzheng/platform';
import type { Calendar } from '@shuzheng/regulation';
import { StatusView } from '../data/status-view.js';
import { reportDue } from '../domain/reporting.js';
import { type SessionState, sessionStates } from '../domain/states.js';
import { statusOf } from '../domain/status.js';
import { lastPaperOn } from '../domain/subject.js';

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
  @OneOf(sessionStates) readonly state!: SessionState;
  @Int(1, 100000, { description: '变更时在 If-Match 中给出' }) readonly version!: number;
  @Uuid({ nullable: true, description: '已登记的考点' }) readonly siteId!: string | null;
  @Day({ nullable: true, description: '开放申报的日期；立即开放的为空' }) readonly opensOn!: string | null;
  @Text(1, 500, { nullable: true }) readonly cancelReason!: string | null;
  @Instant() readonly openedAt!: string;
  @Nested(() => StatusView, { description: '进展到哪里、等谁处理、何时到期' }) readonly status!: StatusView;
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
  @Int(0, 5000, { description: '已邀请的学员' }) readonly invited!: number;
  @Int(0, 5000, { description: '已编排座位的考生' }) readonly seated!: number;
  @Int(0, 5000, { description: '待处理的异议' }) readonly objections!: number;
  @Int(0, 5000, { description: '巡考记录' }) readonly patrols!: number;
}

export class SessionDetail extends SessionView {
  @Day() readonly lastPaperOn!: string;
  @Day({ description: '报送到期日（三十日）' }) readonly dueOn!: string;
  @Day({ description: '遇休息日顺延、或省厅延长后的到期日' }) readonly effectiveDueOn!: string;
  @Nested(() => SessionCounts) readonly counts!: SessionCounts;
  @Uuid({ nullable: true }) readonly reportId!: string | null;
}

export class SessionFilter extends SortedBy('-openedAt', 'serial', 'theoryOn') {
  @OneOf(sessionStates, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly planId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
  @OneOf(levels, { optional: true }) readonly level?: string;
  @Code({ optional: true }) readonly cityCode?: string;
  @Day({ optional: true, description: '最后一科不早于' }) readonly from?: string;
  @Day({ optional: true, description: '最后一科不晚于' }) readonly to?: string;
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

interface Counted extends Omit<SessionView, 'status'> {
  readonly extendedTo: string | null;
  readonly submitted: number;
  readonly returnedOpen: number;
  readonly corrected: number;
  readonly undecided: number;
}

const lastPaper = 'greatest(s.theory_on, s.ability_on)';

const listing = {
  columns: {
    id: 's.id',
    serial: 's.serial',
    planId: 's.plan_id',
    organisationId: 's.organisation_id',
    cityCode: 's.city_code',
    occupationCode: 's.occupation_code',
    edition: 's.edition',
    level: 's.level',
    direction: 's.direction',
    theoryOn: 's.theory_on',
    abilityOn: 's.ability_on',
    site: 's.site',
    siteId: 's.site_id',
    seats: 's.seats',
    taken: 's.taken',
    state: 's.state',
    version: 's.version',
    opensOn: 's.opens_on',
    cancelReason: 's.cancel_reason',
    openedAt: 's.opened_at',
    extendedTo: 'extension.effective_due_on',
    submitted: `(select count(*)::int from application where session_id = s.id and state = 'submitted')`,
    returnedOpen: 'standing.returned',
    corrected: 'standing.corrected',
    undecided: 'standing.undecided',
  },
  from: `session as s
    left join known_extension as extension on extension.session_id = s.id
    left join lateral (
      select count(*) filter (where d.decision in ('returned', 'nationally-returned') and answer.action is null)::int as returned,
        count(*) filter (where d.decision in ('returned', 'nationally-returned') and answer.action = 'corrected')::int as corrected,
        count(*) filter (where d.decision is null)::int as undecided
      from result as r
      join lateral (select max(part) as part from result_report_row where result_id = r.id) as reported on reported.part is not null
      left join known_decision as d on d.result_id = r.id and d.part = reported.part
      left join return_answer as answer on answer.result_id = r.id and answer.part = reported.part
      where r.session_id = s.id and r.state = 'released' and s.state = 'reported'
    ) as standing on true`,
};

/** The due day comes from the calendar as it is known here, or from the office's extension. */
function withStatus({ extendedTo, submitted, returnedOpen, corrected, undecided, ...session }: Counted, at: At) {
  const { effectiveDueOn } = reportDue(at.calendar, lastPaperOn(session), extendedTo);
  const standing = { submitted, returned: returnedOpen, corrected, undecided };
  return { ...session, status: statusOf({ ...session, ...standing, today: at.today, reportDueOn: effectiveDueOn }) };
}

interface At {
  readonly today: string;
  readonly calendar: Calendar;
}

@QueryHandler(ListSessions)
export class ListSessionsHandler implements IQueryHandler<ListSessions> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendars: Calendars,
  ) {}

  execute({ filter }: ListSessions): Promise<Page<SessionView>> {
    const where = [
      ['s.state = ?', filter.state],
      ['s.plan_id = ?', filter.planId],
      ['s.organisation_id = ?', filter.organisationId],
      ['s.occupation_code = ?', filter.occupationCode],
      ['s.level = ?', filter.level],
      ['s.city_code = ?', filter.cityCode],
      [`${lastPaper} >= ?`, filter.from],
      [`${lastPaper} <= ?`, filter.to],
    ] as const;
    return this.db.transaction(async (tx) => {
      const at = { today: this.clock.today(), calendar: await this.calendars.load(tx) };
      const found = await page<Counted & Record<string, unknown>>(this.db, { ...listing, where }, filter);
      return { ...found, items: found.items.map((session) => withStatus(session, at)) };
    });
  }
}

@QueryHandler(FindSession)
export class FindSessionHandler implements IQueryHandler<FindSession> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendars: Calendars,
  ) {}

  execute({ sessionId }: FindSession): Promise<SessionDetail> {
    return this.db.transaction(async (tx) => {
      const at = { today: this.clock.today(), calendar: await this.calendars.load(tx) };
      const one = { ...listing, where: [['s.id = ?', sessionId]] as const };
      const [session] = (await page<Counted & Record<string, unknown>>(this.db, one, {})).items;
      const counted = await row<SessionCounts & { reportId: string | null }>(tx, counts, [sessionId]);
      if (!session || !counted) throw new Missing();
      const { reportId, ...rest } = counted;
      const last = lastPaperOn(session);
      const { dueOn, effectiveDueOn } = reportDue(at.calendar, last, session.extendedTo);
      return { ...withStatus(session, at), lastPaperOn: last, dueOn, effectiveDueOn, counts: rest, reportId };
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
    (select count(*) from known_decision where session_id = $1 and decision <> 'confirmed')::int as returned,
    (select count(*) from session_invitation where session_id = $1)::int as invited,
    (select count(*) from candidate_seat where session_id = $1)::int as seated,
    (select count(*) from objection where session_id = $1 and state = 'open')::int as objections,
    (select count(*) from patrol where session_id = $1)::int as patrols,
    (select id from result_report where session_id = $1 order by part desc limit 1) as "reportId"`;
