import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Int, OneOf, planKinds, recipients, Sha256, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing } from '@shuzheng/platform';

export class ReceiptView {
  @Uuid() readonly id!: string;
  @Text(1, 30) readonly number!: string;
  @OneOf(recipients) readonly recipient!: string;
  @Uuid() readonly planId!: string;
  @OneOf(planKinds) readonly kind!: string;
  @Int(1, 1000) readonly version!: number;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Int(1, 10000, { description: '计划人数' }) readonly seats!: number;
  @Instant() readonly filedAt!: string;
  @Instant() readonly firstFiledAt!: string;
  @Instant() readonly receivedAt!: string;
  @Sha256({ description: '备案内容的摘要' }) readonly sha256!: string;
  @Texts(10, { description: '核对时依据的目录条目' }) readonly entryIds!: string[];
  @Texts(10, { description: '核对时依据的规则记录' }) readonly ruleIds!: string[];
  @Texts(10, { description: '待核实的事项' }) readonly unverified!: string[];
}

export class FindReceipt extends Query<ReceiptView> {
  constructor(readonly receiptId: string) {
    super();
  }
}

@QueryHandler(FindReceipt)
export class FindReceiptHandler implements IQueryHandler<FindReceipt> {
  constructor(private readonly db: Database) {}

  async execute({ receiptId }: FindReceipt) {
    const [receipt] = await this.db.read<ReceiptView & Record<string, unknown>>(
      `select receipt.id, number, recipient, receipt.plan_id as "planId", receipt.kind, receipt.version,
         receipt.organisation_id as "organisationId", organisation.name as "organisationName", seats,
         filed_at as "filedAt", first_filed_at as "firstFiledAt", received_at as "receivedAt", sha256,
         entry_ids as "entryIds", rule_ids as "ruleIds", unverified
       from receipt join filing on filing.id = filing_id
       left join known_organisation as organisation on organisation.id = receipt.organisation_id
       where receipt.id = $1`,
      [receiptId],
    );
    if (!receipt) throw new Missing();
    return receipt;
  }
}
