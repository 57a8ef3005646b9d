import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Int, List, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing, Personal } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

export class ReturnedView {
  @Uuid() readonly resultId!: string;
  @Int(1, 1000) readonly part!: number;
  @Text(1, 40) readonly admissionNumber!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Texts(10, { description: '退回理由代码' }) readonly reasons!: string[];
  @Day({ description: '退回日期；再报送没有法定期限' }) readonly decidedOn!: string;
}
export class ReturnedRows {
  @List(() => ReturnedView, 0, 5000) readonly items!: ReturnedView[];
}

/** 退回: the rows of a session that the department sent back, with its reasons. */
export class ListReturned extends Query<ReturnedRows> {
  constructor(readonly sessionId: string) {
    super();
  }
}

@QueryHandler(ListReturned)
export class ListReturnedHandler implements IQueryHandler<ListReturned> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ sessionId }: ListReturned): Promise<ReturnedRows> {
    const [session] = await this.db.read('select 1 from session where id = $1', [sessionId]);
    if (!session) throw new Missing();
    const found = await this.db.read<ReturnedView & { applicationId: string; name: string }>(returned, [sessionId]);
    const items = found.map(({ applicationId, name, ...rest }) => ({
      ...rest,
      maskedName: maskName(this.personal.open('application', 'name_sealed', applicationId, name)),
    }));
    return { items };
  }
}

const returned = `
  select decision.result_id as "resultId", decision.part, a.admission_number as "admissionNumber", a.id as "applicationId",
    a.name_sealed as name, decision.reasons, decision.decided_on as "decidedOn"
  from known_decision as decision
  join result as r on r.id = decision.result_id
  join application as a on a.id = r.application_id
  where decision.session_id = $1 and decision.decision = 'returned'
    and not exists (select from result_report_row as later where later.result_id = r.id and later.part > decision.part)
  order by a.admission_number`;
