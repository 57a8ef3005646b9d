import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { OneOf, Uuid } from '@shuzheng/contracts';
import { Clock, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { calendarOf } from '../data/calendar.js';
import { clockColumns, clockKinds, type ClockRow, clockSource, ClockView, viewOf } from '../data/clock-view.js';
import { clockStates } from '../domain/clock-states.js';
import { dueSoonDays } from '../domain/standing.js';

export const ClockPage = PageOf(ClockView);
const yesOrNo = ['true', 'false'];

/** Whose turn comes first stands first. */
export class ClockFilter extends SortedBy('effectiveDue', 'day0', 'kind') {
  @OneOf(clockKinds, { optional: true }) readonly kind?: string;
  @OneOf(clockStates, { optional: true }) readonly state?: string;
  @OneOf(yesOrNo, { optional: true, description: '逾期' }) readonly overdue?: string;
  @OneOf(yesOrNo, { optional: true, description: '临期' }) readonly dueSoon?: string;
  @OneOf(yesOrNo, { optional: true, description: '暂定' }) readonly provisional?: string;
  @Uuid({ optional: true }) readonly subjectId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
}

export class ListClocks extends Query<Page<ClockView>> {
  constructor(readonly filter: ClockFilter) {
    super();
  }
}

@QueryHandler(ListClocks)
export class ListClocksHandler implements IQueryHandler<ListClocks> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  execute({ filter }: ListClocks) {
    return this.db.transaction(async (tx) => {
      const today = this.clock.today();
      const listing = { columns: clockColumns, from: clockSource, where: conditions(filter, today) };
      const { items, ...rest } = await page<ClockRow>(this.db, listing, filter);
      const calendar = await calendarOf(tx);
      return { ...rest, items: items.map((clock) => viewOf(clock, today, calendar)) };
    });
  }
}

// The same as `clockState`, which makes the flags of what is found: a test holds them together.
const overdueOn = '(clock.stopped_on is null and clock.effective_due < coalesce(clock.paused_on, ?::date))';
const dueSoonOn = `(clock.state = 'running' and clock.effective_due between ?::date and ?::date + ${dueSoonDays})`;

const conditions = (
  { kind, state, overdue, dueSoon, provisional, subjectId, organisationId }: ClockFilter,
  today: string,
): [string, unknown][] => [
  ['clock.kind = ?', kind],
  ['clock.state = ?', state],
  ['clock.subject_id = ?', subjectId],
  ['clock.organisation_id = ?', organisationId],
  ['clock.provisional = ?::boolean', provisional],
  [overdue === 'false' ? `not ${overdueOn}` : overdueOn, overdue && today],
  [dueSoon === 'false' ? `not ${dueSoonOn}` : dueSoonOn, dueSoon && today],
];
