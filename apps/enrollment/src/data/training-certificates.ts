import { TrainingCertificateAmended } from '@shuzheng/contracts';
import { announce, Missing, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { TrainingClass } from './classes.js';

export interface LockedCertificate {
  readonly id: string;
  readonly enrolmentId: string;
  readonly personId: string;
  readonly number: string | null;
  readonly state: string;
  readonly version: number;
  readonly holderName: string | null;
  readonly registeredName: string;
  readonly registeredNameIndex: string;
  readonly openRevocation: boolean;
}

/** A certificate of a class that is locked already, with the name it carries and the name that is registered. */
export async function certificateOf(tx: EntityManager, certificateId: string): Promise<LockedCertificate> {
  const found = await row<LockedCertificate & Record<string, unknown>>(
    tx,
    `select certificate.id, enrolment_id as "enrolmentId", person_id as "personId", certificate.number, certificate.state, certificate.version,
       holder_name_sealed as "holderName", person.name_sealed as "registeredName", person.name_index as "registeredNameIndex",
       exists (select from training_certificate_revocation where certificate_id = certificate.id and training_certificate_revocation.state = 'proposed') as "openRevocation"
     from training_certificate as certificate join person on person.id = person_id where certificate.id = $1`,
    [certificateId],
  );
  if (!found) throw new Missing();
  return found;
}

export const tellAmended = (
  tx: EntityManager,
  { id: classId, organisationId }: TrainingClass,
  { id: trainingCertificateId, enrolmentId, personId, number }: LockedCertificate,
  kind: 'corrected' | 'revoked',
  amendedOn: string,
) =>
  announce(tx, TrainingCertificateAmended, {
    ...{ classId, organisationId, trainingCertificateId, enrolmentId, personId },
    ...{ kind, amendedOn, number },
  });
