import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Int, OneOf, Sha256, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Database, type Page, page, PageOf, PageQuery, Personal } from '@shuzheng/platform';

export class CorrectionView {
  @Uuid() readonly id!: string;
  @Uuid() readonly certificateId!: string;
  @Text(1, 40, { description: '登记号' }) readonly registryNumber!: string;
  @OneOf(['typo']) readonly kind!: string;
  @Texts(20) readonly changedFields!: string[];
  @Text(0, 100, { description: '更正后的姓名' }) readonly holderName!: string;
  @Text(0, 500) readonly reason!: string;
  @Sha256({ nullable: true }) readonly evidenceSha256!: string | null;
  @Int(1, 1000) readonly ofVersion!: number;
  @OneOf(['requested', 'approved']) readonly state!: string;
  @Uuid() readonly requestedBy!: string;
  @Instant() readonly requestedAt!: string;
  @Uuid({ nullable: true }) readonly approvedBy!: string | null;
  @Instant({ nullable: true }) readonly approvedAt!: string | null;
  @Int(2, 1000, { nullable: true }) readonly version!: number | null;
}
export const CorrectionPage = PageOf(CorrectionView);

export class AmendmentFilter extends PageQuery {
  @Uuid({ optional: true }) readonly certificateId?: string;
  @OneOf(['requested', 'approved'], { optional: true }) readonly state?: string;
}

/** Requests for correction. Whoever decides must read what was asked for, so it is shown in plain and the reading recorded. */
export class ListCorrections extends Query<Page<CorrectionView>> {
  constructor(readonly filter: AmendmentFilter) {
    super();
  }
}

type Found = Omit<CorrectionView, 'holderName'> & { readonly changes: string };

@QueryHandler(ListCorrections)
export class ListCorrectionsHandler implements IQueryHandler<ListCorrections> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ filter }: ListCorrections) {
    return this.db.transaction(async () => {
      const from = 'correction join certificate on certificate.id = certificate_id';
      const where = [
        ['certificate_id = ?', filter.certificateId],
        ['correction.state = ?', filter.state],
      ] as const;
      const found = await page<Found>(this.db, { columns, from, where, sorts: ['-requestedAt'] }, filter);
      if (found.items.length > 0) await this.audit.note({ detail: { opened: found.items.length } });
      return { ...found, items: found.items.map((one) => this.opened(one)) };
    });
  }

  private opened({ changes, ...one }: Found): CorrectionView {
    const open = (column: string, sealed: string) => this.personal.open('correction', column, one.id, sealed);
    const { holderName } = JSON.parse(open('changes_sealed', changes)) as { holderName: string };
    return { ...one, holderName, reason: open('reason_sealed', one.reason) };
  }
}

const columns = {
  id: 'correction.id',
  certificateId: 'certificate_id',
  registryNumber: 'registry_number',
  kind: 'kind',
  changedFields: 'changed_fields',
  changes: 'changes_sealed',
  reason: 'reason_sealed',
  evidenceSha256: 'evidence_sha256',
  ofVersion: 'of_version',
  state: 'correction.state',
  requestedBy: 'requested_by',
  requestedAt: 'requested_at',
  approvedBy: 'approved_by',
  approvedAt: 'approved_at',
  version: 'correction.version',
};
