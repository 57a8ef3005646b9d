import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { parseRegistryNumber } from '@shuzheng/credentials';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { certificateColumns, CertificateView } from '../data/certificate-view.js';
import { certificateStates } from '../domain/certificate-states.js';

export const CertificatePage = PageOf(CertificateView);

export class CertificateFilter extends SortedBy('registryNumber', 'issuedAt', 'awardedOn', 'reviewOn') {
  @Uuid({ optional: true }) readonly batchId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Uuid({ optional: true }) readonly personId?: string;
  @OneOf(certificateStates, { optional: true }) readonly state?: string;
  @Text(1, 60, { optional: true, description: '登记号，可带或不带分隔符' }) readonly registryNumber?: string;
  @Day({ optional: true, description: '暂停的复核日期不晚于该日' }) readonly reviewBy?: string;
}

export class ListCertificates extends Query<Page<CertificateView>> {
  constructor(readonly filter: CertificateFilter) {
    super();
  }
}

@QueryHandler(ListCertificates)
export class ListCertificatesHandler implements IQueryHandler<ListCertificates> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListCertificates) {
    return page<CertificateView>(
      this.db,
      {
        columns: certificateColumns,
        from: 'certificate',
        where: [
          ['batch_id = ?', filter.batchId],
          ['organisation_id = ?', filter.organisationId],
          ['person_id in (select same_persons(?))', filter.personId],
          ['state = ?', filter.state],
          ['registry_number = ?', written(filter.registryNumber)],
          ['review_on <= ?', filter.reviewBy],
        ],
      },
      filter,
    );
  }
}

/** As the registry writes it; what is no number matches nothing. */
function written(typed: string | undefined) {
  if (typed === undefined) return undefined;
  const parsed = parseRegistryNumber(typed);
  return parsed.ok ? parsed.number : '';
}
