import { broken, type Rules } from '@shuzheng/platform/rules';
import { nameFault } from '@shuzheng/regulation';

/** A certificate, as far as an amendment depends on it. */
export interface AmendedCertificate {
  readonly state: 'valid' | 'corrected' | 'revoked';
  readonly version: number;
}

export interface CorrectingFacts {
  readonly certificate: AmendedCertificate;
  readonly holderName: string;
  readonly newName: string;
}

const correcting = {
  'certificate-revoked': ({ certificate }) => certificate.state === 'revoked',
  'correction-changes-nothing': ({ holderName, newName }) => holderName === newName,
} satisfies Rules<CorrectingFacts>;

/** The rules a request for correction would break, the faults of the name among them. */
export function reasonsNotToCorrect(facts: CorrectingFacts): string[] {
  const fault = nameFault(facts.newName);
  return [...broken(correcting, facts), ...(fault ? [fault] : [])];
}

export const reasonsNotToRevoke = ({ state }: AmendedCertificate) =>
  state === 'revoked' ? ['certificate-revoked'] : [];

export interface ApprovingFacts {
  readonly certificate: AmendedCertificate;
  readonly state: 'requested' | 'approved';
  readonly requestedBy: string;
  readonly by: string | undefined;
}

const approving = {
  'amendment-decided': ({ state }) => state !== 'requested',
  'same-person': ({ requestedBy, by }) => requestedBy === by,
  'certificate-revoked': ({ certificate, state }) => state === 'requested' && certificate.state === 'revoked',
} satisfies Rules<ApprovingFacts>;

/** The rules approving a revocation would break. */
export const reasonsNotToApprove = (facts: ApprovingFacts): string[] => broken(approving, facts);

/** A correction was written against one version; once another stands, it must be asked for anew. */
export const reasonsNotToApproveCorrection = (facts: ApprovingFacts & { readonly ofVersion: number }): string[] => [
  ...reasonsNotToApprove(facts),
  ...(facts.state === 'requested' && facts.ofVersion !== facts.certificate.version ? ['correction-outdated'] : []),
];
