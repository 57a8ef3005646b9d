import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database, type Page, page, PageOf, PageQuery, Personal } from '@shuzheng/platform';
import { revocationReasonCodes } from '../domain/return-reasons.js';

export class RevocationView {
  @Uuid() readonly id!: string;
  @Uuid() readonly certificateId!: string;
  @Text(1, 40, { description: '登记号' }) readonly registryNumber!: string;
  @OneOf(revocationReasonCodes) readonly reason!: string;
  @Text(0, 500) readonly basis!: string;
  @OneOf(['requested', 'approved']) readonly state!: string;
  @Uuid() readonly requestedBy!: string;
  @Instant() readonly requestedAt!: string;
  @Uuid({ nullable: true }) readonly approvedBy!: string | null;
  @Instant({ nullable: true }) readonly approvedAt!: string | null;
}
export const RevocationPage = PageOf(RevocationView);

export class RevocationFilter extends PageQuery {
  @Uuid({ optional: true }) readonly certificateId?: string;
  @OneOf(['requested', 'approved'], { optional: true }) readonly state?: string;
}

/** Requests for revocation with the basis they rest on. */
export class ListRevocations extends Query<Page<RevocationView>> {
  constructor(readonly filter: RevocationFilter) {
    super();
  }
}

@QueryHandler(ListRevocations)
export class ListRevocationsHandler implements IQueryHandler<ListRevocations> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ filter }: ListRevocations) {
    return this.db.transaction(async () => {
      const from = 'revocation join certificate on certificate.id = certificate_id';
      const where = [
        ['certificate_id = ?', filter.certificateId],
        ['revocation.state = ?', filter.state],
      ] as const;
      const found = await page<RevocationView & Record<string, unknown>>(
        this.db,
        { columns, from, where, sorts: ['-requestedAt'] },
        filter,
      );
      if (found.items.length > 0) await this.audit.note({ detail: { opened: found.items.length } });
      const opened = (one: RevocationView) => this.personal.open('revocation', 'basis_sealed', one.id, one.basis);
      return { ...found, items: found.items.map((one) => ({ ...one, basis: opened(one) })) };
    });
  }
}

const columns = {
  id: 'revocation.id',
  certificateId: 'certificate_id',
  registryNumber: 'registry_number',
  reason: 'reason',
  basis: 'basis_sealed',
  state: 'revocation.state',
  requestedBy: 'requested_by',
  requestedAt: 'requested_at',
  approvedBy: 'approved_by',
  approvedAt: 'approved_at',
};
