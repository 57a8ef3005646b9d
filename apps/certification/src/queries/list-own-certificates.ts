import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, levels, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { CheckCodes } from '../data/check-codes.js';
import { certificateStates } from '../domain/certificate-states.js';

export class OwnCertificate {
  @Uuid() readonly id!: string;
  @Text(1, 40, { description: '登记号' }) readonly registryNumber!: string;
  @Text(4, 4, { description: '校验码' }) readonly checkCode!: string;
  @Text(1, 500, { description: '二维码指向的网址' }) readonly verifyUrl!: string;
  @Text(1, 60, { nullable: true, description: '证书编号' }) readonly certificateNumber!: string | null;
  @Text(1, 60) readonly maskedName!: string;
  @Text(1, 200, { description: '评价机构' }) readonly organisationName!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 100) readonly occupationName!: string;
  @OneOf(levels) readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day() readonly examOn!: string;
  @Day() readonly awardedOn!: string;
  @OneOf(certificateStates) readonly state!: string;
  @Day({ nullable: true }) readonly suspendedOn!: string | null;
  @Day({ nullable: true }) readonly revokedOn!: string | null;
}
export const OwnCertificatePage = PageOf(OwnCertificate);

export class OwnFilter extends SortedBy('-awardedOn', 'registryNumber') {
  @OneOf(certificateStates, { optional: true }) readonly state?: string;
}

/** A person's own certificates, with what others need to check them. */
export class ListOwnCertificates extends Query<Page<OwnCertificate>> {
  constructor(readonly filter: OwnFilter) {
    super();
  }
}

@QueryHandler(ListOwnCertificates)
export class ListOwnCertificatesHandler implements IQueryHandler<ListOwnCertificates> {
  constructor(
    private readonly db: Database,
    private readonly codes: CheckCodes,
  ) {}

  async execute({ filter }: ListOwnCertificates) {
    const { reach, personId } = actor();
    if (reach !== 'self' || personId === undefined) throw new Missing();
    const found = await page<Omit<OwnCertificate, 'checkCode' | 'verifyUrl'> & Record<string, unknown>>(
      this.db,
      {
        columns,
        from: 'certificate',
        where: [
          ['person_id in (select same_persons(?))', personId],
          ['state = ?', filter.state],
        ],
      },
      filter,
    );
    const shown = found.items.map((one) => ({
      ...one,
      checkCode: this.codes.of(one.registryNumber),
      verifyUrl: this.codes.urlOf(one.registryNumber),
    }));
    return { ...found, items: shown };
  }
}

const columns = {
  id: 'id',
  registryNumber: 'registry_number',
  certificateNumber: 'certificate_number',
  maskedName: 'masked_name',
  organisationName: 'organisation_name',
  occupationCode: 'occupation_code',
  occupationName: 'occupation_name',
  level: 'level',
  direction: 'direction',
  examOn: 'exam_on',
  awardedOn: 'awarded_on',
  state: 'state',
  suspendedOn: 'suspended_on',
  revokedOn: 'revoked_on',
};
