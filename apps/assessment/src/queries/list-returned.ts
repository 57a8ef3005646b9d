import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

const states = ['open', 'corrected', 'given-up', 'void', 'reported-again'] as const;

export class ReturnedView {
  @Uuid() readonly resultId!: string;
  @Int(1, 1000) readonly part!: number;
  @Text(1, 40) readonly admissionNumber!: string;
  @Text(1, 60) readonly maskedName!: string;
  @OneOf(['department', 'national-office'], { description: '由谁退回' }) readonly returnedBy!: string;
  @Texts(10, { description: '退回理由代码' }) readonly reasons!: string[];
  @Day({ description: '退回日期；再报送没有法定期限' }) readonly decidedOn!: string;
  @OneOf(states, { description: '待更正、已更正待报送、不再报送、成绩已作废、已再次报送' }) readonly state!: string;
  @Code({ nullable: true, description: '更正了什么' }) readonly correction!: string | null;
  @Text(1, 500, { nullable: true }) readonly note!: string | null;
  @Instant({ nullable: true }) readonly answeredAt!: string | null;
}

export const ReturnedPage = PageOf(ReturnedView);

export class ReturnedFilter extends SortedBy('admissionNumber', '-decidedOn', 'part') {
  @OneOf(states, { optional: true }) readonly state?: string;
  @OneOf(['department', 'national-office'], { optional: true }) readonly returnedBy?: string;
}

/** 退回: every row of a session that was sent back, with the reasons and where it stands now. */
export class ListReturned extends Query<Page<ReturnedView>> {
  constructor(
    readonly sessionId: string,
    readonly filter: ReturnedFilter,
  ) {
    super();
  }
}

type Sealed = Omit<ReturnedView, 'maskedName'> & {
  readonly id: string;
  readonly applicationId: string;
  readonly name: string;
};

const state = `case
  when exists (select from result_report_row as later where later.result_id = decision.result_id and later.part > decision.part)
    then 'reported-again'
  when r.state = 'void' then 'void'
  else coalesce(answer.action, 'open') end`;
const returnedBy = `case decision.decision when 'returned' then 'department' else 'national-office' end`;

const listing = {
  columns: {
    id: `decision.result_id::text || '/' || decision.part`,
    resultId: 'decision.result_id',
    part: 'decision.part',
    admissionNumber: 'a.admission_number',
    applicationId: 'a.id',
    name: 'a.name_sealed',
    returnedBy,
    reasons: 'decision.reasons',
    decidedOn: 'decision.decided_on',
    state,
    correction: 'answer.correction',
    note: 'answer.note',
    answeredAt: 'answer.answered_at',
  },
  from: `known_decision as decision
    join result as r on r.id = decision.result_id
    join application as a on a.id = r.application_id
    left join return_answer as answer on answer.result_id = decision.result_id and answer.part = decision.part`,
};

@QueryHandler(ListReturned)
export class ListReturnedHandler implements IQueryHandler<ListReturned> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ sessionId, filter }: ListReturned): Promise<Page<ReturnedView>> {
    const [session] = await this.db.read('select 1 from session where id = $1', [sessionId]);
    if (!session) throw new Missing();
    const where = [
      ['decision.session_id = ?', sessionId],
      ['decision.decision = any(?::text[])', ['returned', 'nationally-returned']],
      [`${state} = ?`, filter.state],
      [`${returnedBy} = ?`, filter.returnedBy],
    ] as const;
    const found = await page<Sealed>(this.db, { ...listing, where }, filter);
    return { ...found, items: found.items.map((one) => this.masked(one)) };
  }

  private masked({ id: _id, applicationId, name, ...rest }: Sealed): ReturnedView {
    return { ...rest, maskedName: maskName(this.personal.open('application', 'name_sealed', applicationId, name)) };
  }
}
