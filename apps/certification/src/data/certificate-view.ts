import { Code, Day, Instant, Int, levels, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { certificateStates } from '../domain/certificate-states.js';

export class CertificateView {
  @Uuid() readonly id!: string;
  @Text(1, 40, { description: '登记号' }) readonly registryNumber!: string;
  @Text(1, 60, { nullable: true, description: '证书编号，由评价机构给出' }) readonly certificateNumber!: string | null;
  @Uuid() readonly batchId!: string;
  @Uuid() readonly rowId!: string;
  @Uuid() readonly personId!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200) readonly organisationName!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 100) readonly occupationName!: string;
  @Text(1, 60) readonly edition!: string;
  @OneOf(levels) readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day() readonly examOn!: string;
  @Day({ description: '国家办公室审核通过之日' }) readonly approvedOn!: string;
  @Day({ description: '颁发日期' }) readonly awardedOn!: string;
  @Instant() readonly issuedAt!: string;
  @OneOf(certificateStates) readonly state!: string;
  @Int(1, 1000) readonly version!: number;
  @Day({ nullable: true }) readonly revokedOn!: string | null;
  @Day({ nullable: true }) readonly suspendedOn!: string | null;
  @Day({ nullable: true, description: '暂停的复核日期' }) readonly reviewOn!: string | null;
  @Uuid({ nullable: true, description: '本证书换下的证书' }) readonly replaces!: string | null;
}

/** Where each of these is read from. */
export const certificateColumns = {
  id: 'certificate.id',
  registryNumber: 'registry_number',
  certificateNumber: 'certificate_number',
  batchId: 'batch_id',
  rowId: 'row_id',
  personId: 'person_id',
  maskedName: 'masked_name',
  organisationId: 'organisation_id',
  organisationName: 'organisation_name',
  occupationCode: 'occupation_code',
  occupationName: 'occupation_name',
  edition: 'edition',
  level: 'level',
  direction: 'direction',
  examOn: 'exam_on',
  approvedOn: 'approved_on',
  awardedOn: 'awarded_on',
  issuedAt: 'issued_at',
  state: 'state',
  version: 'version',
  revokedOn: 'revoked_on',
  suspendedOn: 'suspended_on',
  reviewOn: 'review_on',
  replaces: 'replaces',
};
