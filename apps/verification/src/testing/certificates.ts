import {
  CertificateCorrected,
  CertificateReinstated,
  CertificateReplaced,
  CertificateRevoked,
  CertificatesIssued,
  CertificateSuspended,
} from '@shuzheng/contracts';
import { formatRegistryNumber, sha256Hex } from '@shuzheng/credentials';
import { Personal } from '@shuzheng/platform';
import type { ServiceUnderTest } from '@shuzheng/platform/testing';
import { maskName } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';

let serial = 0;

export interface AnyCertificate {
  readonly batchId: string;
  readonly certificateId: string;
  readonly number: string;
  readonly code: string;
  readonly name: string;
}

/** Certification, as far as this service hears of it. */
export class Certification {
  constructor(private readonly service: ServiceUnderTest) {}

  aCertificate(name = '买买提·阿卜杜拉', code = '7KQ0'): AnyCertificate {
    const number = formatRegistryNumber({ province: '37', year: 2026, serial: ++serial });
    return { batchId: randomUUID(), certificateId: randomUUID(), number, code, name };
  }

  async issued(certificate = this.aCertificate()) {
    await this.service.deliver([this.issuing(certificate)]);
    return certificate;
  }

  issuing({ batchId, certificateId, number, code, name }: AnyCertificate) {
    return this.service.message(CertificatesIssued, {
      batchId,
      organisationId: '11111111-1111-4111-8111-111111111111',
      organisationName: '海右评价中心',
      subject: { occupationCode: '2-02-38-05', edition: '2021年版', level: 'junior', direction: '智能装备与产线应用' },
      occupationName: '智能制造工程技术人员',
      examOn: '2026-01-10',
      approvedOn: '2026-02-10',
      awardedOn: '2026-02-12',
      outstanding: 0,
      certificates: [
        {
          ...{ certificateId, rowId: randomUUID(), personId: randomUUID(), registryNumber: number, name },
          ...{ certificateNumber: 'HY-2026-001', nameIndex: this.indexOf(name), maskedName: maskName(name) },
          ...{ checkDigest: sha256Hex(`${number}|${code}`), statusIndex: serial, snapshotSha256: 'a'.repeat(64) },
        },
      ],
    });
  }

  correcting({ batchId, certificateId, number }: AnyCertificate, name: string, version = 2) {
    return this.service.message(CertificateCorrected, {
      ...{ batchId, certificateId, registryNumber: number, version, correctedOn: '2026-02-20', kind: 'typo', name },
      ...{ nameIndex: this.indexOf(name), maskedName: maskName(name), snapshotSha256: 'b'.repeat(64) },
    });
  }

  revoking({ batchId, certificateId, number }: AnyCertificate) {
    return this.service.message(CertificateRevoked, {
      ...{ batchId, certificateId, registryNumber: number, revokedOn: '2026-02-25', reason: 'obtained-by-fraud' },
    });
  }

  suspending({ batchId, certificateId, number }: AnyCertificate, suspendedOn = '2026-02-21') {
    return this.service.message(CertificateSuspended, {
      ...{ batchId, certificateId, registryNumber: number, suspendedOn, reason: 'under-investigation' },
    });
  }

  reinstating({ batchId, certificateId, number }: AnyCertificate, reinstatedOn = '2026-02-24') {
    return this.service.message(CertificateReinstated, {
      ...{ batchId, certificateId, registryNumber: number, reinstatedOn },
    });
  }

  replacing({ batchId, certificateId, number }: AnyCertificate, by: AnyCertificate) {
    return this.service.message(CertificateReplaced, {
      ...{ batchId, certificateId, registryNumber: number, replacedOn: '2026-02-27' },
      ...{ byCertificateId: by.certificateId, byRegistryNumber: by.number },
    });
  }

  private indexOf(name: string) {
    return new Personal('certification', ['index'], this.service.config).nameIndex(name);
  }
}
