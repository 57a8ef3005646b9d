import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Decimal, Flag, Int, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, row, SortedBy } from '@shuzheng/platform';
import { type DocumentKind, maskNumber } from '@shuzheng/regulation';
import { Type } from 'class-transformer';
import { openNationalReturn } from '../data/national-returns.js';
import { rowStates } from '../domain/row-states.js';

export class BatchRowView {
  @Uuid() readonly id!: string;
  @Int(1, 9999) readonly number!: number;
  @Text(1, 30, { description: '登记行号' }) readonly registryRow!: string;
  @Int(1, 1000) readonly part!: number;
  @Uuid() readonly resultId!: string;
  @Uuid() readonly personId!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Text(1, 40) readonly documentKind!: string;
  @Text(1, 60) readonly maskedNumber!: string;
  @Int(1, 20, { description: '申报条件的序号' }) readonly condition!: number;
  @Decimal(0, 100, { description: '理论成绩' }) readonly theory!: number;
  @Decimal(0, 100, { description: '专业能力成绩' }) readonly ability!: number;
  @Text(1, 60, { nullable: true, description: '证书编号' }) readonly certificateNumber!: string | null;
  @OneOf(rowStates) readonly state!: string;
  @Day({ description: '首次收到之日' }) readonly firstReceivedOn!: string;
  @Day({ nullable: true, description: '所在部分收齐之日，时限由此起算' }) readonly receivedOn!: string | null;
  @Uuid({ nullable: true, description: '退回后重新报送的行：首次报送的行' }) readonly firstRowId!: string | null;
  @Flag({ description: '成绩有未决的异议，暂不能确认' }) readonly held!: boolean;
  @Day({ nullable: true, description: '成绩被作废之日' }) readonly resultVoidedOn!: string | null;
  @Text(1, 60, { nullable: true, description: '成绩作废的原因代码' }) readonly resultVoidReason!: string | null;
  @Flag({ description: '国家退回而尚未处理' }) readonly nationalReturnOpen!: boolean;
  @Text(1, 60, { nullable: true, description: '国家退回后放弃的原因代码' }) readonly givenUpReason!: string | null;
  @Day({ nullable: true, description: '收到国家回复之日' }) readonly replyReceivedOn!: string | null;
  @OneOf(['confirm', 'return'], { nullable: true, description: '经办人意见，仅省厅可见' }) readonly proposal!:
    string | null;
  @Texts(10, { nullable: true }) readonly proposedReasons!: string[] | null;
  @OneOf(['confirmed', 'returned'], { nullable: true }) readonly decision!: string | null;
  @Texts(10, { nullable: true, description: '退回原因代码' }) readonly reasons!: string[] | null;
  @Day({ nullable: true, description: '省厅决定之日' }) readonly decidedOn!: string | null;
  @Day({ nullable: true, description: '国家办公室审核通过之日' }) readonly approvedOn!: string | null;
  @Text(0, 500, { nullable: true, description: '国家办公室的意见' }) readonly opinion!: string | null;
  @Uuid({ nullable: true }) readonly certificateId!: string | null;
  @Text(1, 40, { nullable: true, description: '登记号' }) readonly registryNumber!: string | null;
}
export const BatchRowPage = PageOf(BatchRowView);

export class BatchRowFilter extends SortedBy('number', 'state', 'maskedName') {
  @OneOf(rowStates, { optional: true }) readonly state?: string;
  @Int(1, 1000, { optional: true })
  @Type(() => Number)
  readonly part?: number;
  @OneOf(['open'], { optional: true, description: '国家退回而尚未处理的行' }) readonly nationalReturn?: string;
}

export class ListBatchRows extends Query<Page<BatchRowView>> {
  constructor(
    readonly batchId: string,
    readonly filter: BatchRowFilter,
  ) {
    super();
  }
}

type Found = Omit<BatchRowView, 'maskedNumber' | 'documentKind'> & {
  readonly documentKind: DocumentKind;
  readonly documentNumber: string;
};

@QueryHandler(ListBatchRows)
export class ListBatchRowsHandler implements IQueryHandler<ListBatchRows> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute({ batchId, filter }: ListBatchRows) {
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from batch where id = $1', [batchId]))) throw new Missing();
      const found = await page<Found>(
        this.db,
        {
          columns,
          from,
          where: [
            ['row.batch_id = ?', batchId],
            ['row.state = ?', filter.state],
            ['row.part = ?', filter.part],
            [`? and ${openNationalReturn}`, filter.nationalReturn === undefined ? undefined : true],
          ],
        },
        filter,
      );
      return { ...found, items: found.items.map((one) => this.shown(one)) };
    });
  }

  private shown({ documentNumber, ...one }: Found): BatchRowView {
    const { id, documentKind, opinion } = one;
    const number = this.personal.open('batch_row', 'document_number_sealed', id, documentNumber);
    return {
      ...one,
      maskedNumber: maskNumber(documentKind, number),
      opinion: opinion === null ? null : this.personal.open('reply_row', 'opinion_sealed', id, opinion),
    };
  }
}

const columns = {
  id: 'row.id',
  number: 'row.number',
  registryRow: 'row.registry_row',
  part: 'row.part',
  resultId: 'row.result_id',
  personId: 'row.person_id',
  maskedName: 'row.masked_name',
  documentKind: 'row.document_kind',
  documentNumber: 'row.document_number_sealed',
  condition: 'row.condition',
  theory: 'row.theory',
  ability: 'row.ability',
  certificateNumber: 'row.certificate_number',
  state: 'row.state',
  firstReceivedOn: 'row.first_received_on',
  receivedOn: 'part.received_on',
  firstRowId: 'row.first_row_id',
  held: 'coalesce(hold.held, false)',
  resultVoidedOn: 'voided.voided_on',
  resultVoidReason: 'voided.reason',
  nationalReturnOpen: `(${openNationalReturn})`,
  givenUpReason: 'given_up.reason',
  replyReceivedOn: 'reply_row.received_on',
  proposal: 'proposal.proposal',
  proposedReasons: 'proposal.reasons',
  decision: 'decision.decision',
  reasons: 'decision.reasons',
  decidedOn: 'decision.decided_on',
  approvedOn: `case when reply_row.result = 'approved' then reply_row.approved_on end`,
  opinion: 'reply_row.opinion_sealed',
  certificateId: 'certificate.id',
  registryNumber: 'certificate.registry_number',
};

const from = `batch_row as row
  join batch_part as part on part.batch_id = row.batch_id and part.part = row.part
  left join result_hold as hold on hold.result_id = row.result_id
  left join voided_result as voided on voided.result_id = row.result_id
  left join row_given_up as given_up on given_up.row_id = row.id
  left join proposal on proposal.row_id = row.id and proposal.revision = row.proposal_revision
  left join decision on decision.row_id = row.id
  left join reply_row on reply_row.row_id = row.id
  left join lateral (select id, registry_number from certificate where certificate.row_id = row.id
    order by issued_at desc, state = 'revoked' limit 1) as certificate on true`;
