import { Code, Day, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import type { Personal } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

export class TrainingCertificateView {
  @Uuid() readonly id!: string;
  @Uuid() readonly classId!: string;
  @Text(1, 100) readonly className!: string;
  @Uuid() readonly organisationId!: string;
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly personId!: string;
  @Text(1, 10) readonly maskedName!: string;
  @Text(1, 60, { nullable: true, description: '培训机构自编的编号；格式待核实' }) readonly number!: string | null;
  @OneOf(['issued', 'revoked']) readonly state!: string;
  @Int(1, 1000) readonly version!: number;
  @Day() readonly issuedOn!: string;
  @Day({ nullable: true }) readonly revokedOn!: string | null;
  @Code({ nullable: true }) readonly revokedReason!: string | null;
  @Instant() readonly issuedAt!: string;
}

export type SealedCertificate = Omit<TrainingCertificateView, 'maskedName'> & {
  readonly holderName: string | null;
  readonly registeredName: string;
};

/** The name as it is printed, masked; certificates from before names were kept carry the registered one. */
export function maskedCertificate(personal: Personal, { holderName, registeredName, ...rest }: SealedCertificate) {
  const name =
    holderName === null
      ? personal.open('person', 'name', rest.personId, registeredName)
      : personal.open('training_certificate', 'holder_name', rest.id, holderName);
  return { ...rest, maskedName: maskName(name) };
}

export const trainingCertificates = {
  columns: {
    id: 'certificate.id',
    classId: 'certificate.class_id',
    className: 'class.name',
    organisationId: 'certificate.organisation_id',
    enrolmentId: 'certificate.enrolment_id',
    personId: 'certificate.person_id',
    holderName: 'certificate.holder_name_sealed',
    registeredName: 'person.name_sealed',
    number: 'certificate.number',
    state: 'certificate.state',
    version: 'certificate.version',
    issuedOn: 'certificate.issued_on',
    revokedOn: 'certificate.revoked_on',
    revokedReason: 'certificate.revoked_reason',
    issuedAt: 'certificate.issued_at',
  },
  from: `training_certificate as certificate join training_class as class on class.id = certificate.class_id
    join person on person.id = certificate.person_id`,
};
