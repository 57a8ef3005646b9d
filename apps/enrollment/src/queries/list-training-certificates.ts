import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import {
  maskedCertificate,
  type SealedCertificate,
  trainingCertificates,
  TrainingCertificateView,
} from '../data/certificate-views.js';

export const TrainingCertificatePage = PageOf(TrainingCertificateView);

export class TrainingCertificateFilter extends SortedBy('-issuedAt', 'issuedOn', 'number') {
  @Uuid({ optional: true }) readonly classId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Uuid({ optional: true }) readonly personId?: string;
  @OneOf(['issued', 'revoked'], { optional: true }) readonly state?: string;
  @Text(1, 60, { optional: true }) readonly number?: string;
  @Day({ optional: true }) readonly issuedFrom?: string;
  @Day({ optional: true }) readonly issuedTo?: string;
}

export class ListTrainingCertificates extends Query<Page<TrainingCertificateView>> {
  constructor(readonly filter: TrainingCertificateFilter) {
    super();
  }
}

@QueryHandler(ListTrainingCertificates)
export class ListTrainingCertificatesHandler implements IQueryHandler<ListTrainingCertificates> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ filter }: ListTrainingCertificates) {
    const { items, ...rest } = await page<SealedCertificate & Record<string, unknown>>(
      this.db,
      {
        ...trainingCertificates,
        where: [
          ['certificate.class_id = ?', filter.classId],
          ['certificate.organisation_id = ?', filter.organisationId],
          ['certificate.person_id = ?', filter.personId],
          ['certificate.state = ?', filter.state],
          ['certificate.number = ?', filter.number],
          ['certificate.issued_on >= ?', filter.issuedFrom],
          ['certificate.issued_on <= ?', filter.issuedTo],
        ],
      },
      filter,
    );
    return { ...rest, items: items.map((found) => maskedCertificate(this.personal, found)) };
  }
}
