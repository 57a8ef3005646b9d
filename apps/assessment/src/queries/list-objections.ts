import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Instant, Nested, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor, Clock, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { StatusView } from '../data/status-view.js';
import { objectionKinds } from '../domain/objecting.js';
import { type ObjectionState, objectionStates } from '../domain/states.js';

export class ObjectionView {
  @Uuid() readonly id!: string;
  @Uuid() readonly resultId!: string;
  @Uuid() readonly sessionId!: string;
  @Text(1, 20) readonly serial!: string;
  @Text(1, 40) readonly admissionNumber!: string;
  @OneOf(Object.keys(objectionKinds)) readonly kind!: string;
  @Text(1, 1000) readonly reason!: string;
  @OneOf(objectionStates) readonly state!: ObjectionState;
  @Text(1, 1000, { nullable: true, description: '处理意见' }) readonly answer!: string | null;
  @Instant() readonly raisedAt!: string;
  @Day({ nullable: true, description: '答复期限；省厅未设定的为空' }) readonly dueOn!: string | null;
  @Instant({ nullable: true }) readonly decidedAt!: string | null;
  @Nested(() => StatusView) readonly status!: StatusView;
}

export const ObjectionPage = PageOf(ObjectionView);

export class ObjectionFilter extends SortedBy('-raisedAt', 'dueOn') {
  @OneOf(objectionStates, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly sessionId?: string;
  @OneOf(['true', 'false'], { optional: true, description: '逾期未处理' }) readonly overdue?: string;
}

/** Objections within the caller's reach; `mine` are those of the candidate who asks. */
export class ListObjections extends Query<Page<ObjectionView>> {
  constructor(
    readonly filter: ObjectionFilter,
    readonly mine: boolean,
  ) {
    super();
  }
}

type Row = Omit<ObjectionView, 'status'> & Record<string, unknown>;

@QueryHandler(ListObjections)
export class ListObjectionsHandler implements IQueryHandler<ListObjections> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute({ filter, mine }: ListObjections): Promise<Page<ObjectionView>> {
    const overdue = `(o.state = 'open' and o.due_on < ?)`;
    const where = [
      ['o.person_id = ?', mine ? (actor().personId ?? nobodyId) : undefined],
      ['o.state = ?', filter.state],
      ['o.session_id = ?', filter.sessionId],
      [filter.overdue === 'false' ? `${overdue} is not true` : overdue, filter.overdue && this.clock.today()],
    ] as const;
    const found = await page<Row>(this.db, { ...listing, where }, filter);
    return { ...found, items: found.items.map((one) => ({ ...one, status: statusOf(one) })) };
  }
}

/** Nobody's: whoever is no person has raised none. */
const nobodyId = '00000000-0000-0000-0000-000000000000';

const titles: Readonly<Record<ObjectionState, string>> = { open: '待处理', upheld: '异议成立', rejected: '异议不成立' };

const statusOf = ({ state, dueOn }: Pick<ObjectionView, 'state' | 'dueOn'>): StatusView => ({
  state,
  title: titles[state],
  waitsFor: state === 'open' ? 'evaluation-approver' : null,
  dueOn: state === 'open' ? dueOn : null,
});

const listing = {
  columns: {
    id: 'o.id',
    resultId: 'o.result_id',
    sessionId: 'o.session_id',
    serial: 's.serial',
    admissionNumber: 'a.admission_number',
    kind: 'o.kind',
    reason: 'o.reason',
    state: 'o.state',
    answer: 'o.answer',
    raisedAt: 'o.raised_at',
    dueOn: 'o.due_on',
    decidedAt: 'o.decided_at',
  },
  from: `objection as o join session as s on s.id = o.session_id join result as r on r.id = o.result_id
    join application as a on a.id = r.application_id`,
};
