import type { CertificateSnapshot } from './snapshot.js';

export interface CredentialOptions {
  /** The DID under which the issuer's keys are published. */
  issuerDid: string;
  /** Addresses of the two status lists; both are told, or neither. */
  statusLists?: { revocation: string; suspension: string };
}

export interface CertificateCredential {
  '@context': readonly unknown[];
  id: string;
  type: readonly string[];
  issuer: { id: string; name: string; creditCode: string };
  validFrom: string;
  credentialSubject: { type: string; name: string; certificate: Record<string, unknown> };
  credentialStatus?: readonly Record<string, string>[];
}

/** W3C's context, and after it one that gives our own words a meaning without a further address to load. */
const context = ['https://www.w3.org/ns/credentials/v2', { '@vocab': 'urn:shuzheng:terms:' }];

/** The W3C Verifiable Credential 2.0 that says what the snapshot says. No identity number is in either. */
export const credentialOf = (snapshot: CertificateSnapshot, options: CredentialOptions): CertificateCredential => ({
  '@context': context,
  id: `urn:shuzheng:certificate:${snapshot.registryNumber}:${snapshot.version}`,
  type: ['VerifiableCredential', 'ProfessionalTechnicalLevelCertificate'],
  issuer: { id: options.issuerDid, name: snapshot.issuer.name, creditCode: snapshot.issuer.creditCode },
  validFrom: `${snapshot.awardDate}T00:00:00+08:00`,
  credentialSubject: { type: 'Person', name: snapshot.holderName, certificate: certificateOf(snapshot) },
  ...statusOf(snapshot, options),
});

function certificateOf(snapshot: CertificateSnapshot) {
  const { registryNumber, certificateNumber, occupation, direction, level, version, correctedFields } = snapshot;
  const { examDate, nationalApprovalDate, awardDate } = snapshot;
  return {
    registryNumber,
    ...(certificateNumber === null ? {} : { certificateNumber }),
    occupation: { code: occupation.code, name: occupation.name, standardEdition: occupation.standardEdition },
    direction,
    level,
    examDate,
    nationalApprovalDate,
    awardDate,
    version,
    ...(correctedFields ? { correctedFields } : {}),
  };
}

function statusOf({ statusListIndex }: CertificateSnapshot, { statusLists }: CredentialOptions) {
  if (statusListIndex === undefined || !statusLists) return {};
  const entry = (statusPurpose: string, statusListCredential: string) => ({
    id: `${statusListCredential}#${statusListIndex}`,
    type: 'BitstringStatusListEntry',
    statusPurpose,
    statusListIndex: String(statusListIndex),
    statusListCredential,
  });
  return {
    credentialStatus: [entry('revocation', statusLists.revocation), entry('suspension', statusLists.suspension)],
  };
}
