import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

const states = ['allocated', 'used', 'void'] as const;

export class LedgerNumber {
  @Uuid() readonly id!: string;
  @Code() readonly series!: string;
  @Int(1, 9999999) readonly serial!: number;
  @Text(1, 40) readonly registryNumber!: string;
  @OneOf(states) readonly state!: string;
  @Uuid() readonly batchId!: string;
  @Uuid() readonly rowId!: string;
  @Uuid() readonly runId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly awardedOn!: string;
  @Instant() readonly allocatedAt!: string;
  @Instant({ nullable: true }) readonly usedAt!: string | null;
  @Instant({ nullable: true }) readonly voidedAt!: string | null;
  @Text(1, 300, { nullable: true, description: '作废原因' }) readonly voidReason!: string | null;
}
export const LedgerPage = PageOf(LedgerNumber);

export class LedgerFilter extends SortedBy('registryNumber', 'allocatedAt') {
  @Code({ optional: true }) readonly series?: string;
  @OneOf(states, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly batchId?: string;
  @Uuid({ optional: true }) readonly runId?: string;
}

export class ListLedger extends Query<Page<LedgerNumber>> {
  constructor(readonly filter: LedgerFilter) {
    super();
  }
}

@QueryHandler(ListLedger)
export class ListLedgerHandler implements IQueryHandler<ListLedger> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListLedger) {
    return page<LedgerNumber>(
      this.db,
      {
        columns: {
          id: 'id',
          series: 'series',
          serial: 'serial',
          registryNumber: 'registry_number',
          state: 'state',
          batchId: 'batch_id',
          rowId: 'row_id',
          runId: 'run_id',
          organisationId: 'organisation_id',
          awardedOn: 'awarded_on',
          allocatedAt: 'allocated_at',
          usedAt: 'used_at',
          voidedAt: 'voided_at',
          voidReason: 'void_reason',
        },
        from: 'ledger',
        where: [
          ['series = ?', filter.series],
          ['state = ?', filter.state],
          ['batch_id = ?', filter.batchId],
          ['run_id = ?', filter.runId],
        ],
      },
      filter,
    );
  }
}
