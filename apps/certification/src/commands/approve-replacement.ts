import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CertificateReplaced, CertificateRevoked, Text, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { Amendments } from '../data/amendments.js';
import { appendToLog } from '../data/registry-log.js';
import { change, type StandingCertificate } from '../data/standing-certificate.js';
import { type Successor, Successors } from '../data/successors.js';

export class ReplacementReceipt {
  @Uuid({ description: '换发后的证书' }) readonly certificateId!: string;
  @Text(1, 40, { description: '换发后的登记号' }) readonly registryNumber!: string;
  @Uuid({ description: '被换下的证书' }) readonly replacedCertificateId!: string;
}

/** 换发, approved by another person: the certificate is revoked and another one stands for it, under a number of its own. */
export class ApproveReplacement extends Command<ReplacementReceipt> {
  constructor(readonly replacementId: string) {
    super();
  }
}

@CommandHandler(ApproveReplacement)
export class ApproveReplacementHandler implements ICommandHandler<ApproveReplacement> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly amendments: Amendments,
    private readonly successors: Successors,
  ) {}

  execute({ replacementId }: ApproveReplacement) {
    return this.db.transaction(async (tx) => {
      const { amendment, certificate } = await this.amendments.lockToDecide(tx, replacementId, 'replace');
      await this.revoke(tx, certificate);
      const successor = await this.successors.issue(tx, certificate);
      await this.amendments.decide(tx, amendment, { state: 'approved', successorId: successor.id });
      this.tell(tx, certificate, successor);
      const { id: certificateId, registryNumber } = successor;
      const detail = { replacementId, certificateId };
      await this.audit.note({ subject: `certificate:${certificate.id}`, detail });
      return { certificateId, registryNumber, replacedCertificateId: certificate.id };
    });
  }

  private async revoke(tx: EntityManager, certificate: StandingCertificate) {
    const { id: certificateId, batchId, registryNumber, version, snapshotSha256, logSalt: salt } = certificate;
    const revokedOn = this.clock.today();
    await change(tx, certificate, { act: 'replace', on: revokedOn });
    await appendToLog(tx, this.clock.now(), [
      { kind: 'revocation', certificateId, version, registryNumber, snapshotSha256, salt },
    ]);
    announce(tx, CertificateRevoked, { batchId, certificateId, registryNumber, revokedOn, reason: 'replaced' });
  }

  private tell(tx: EntityManager, certificate: StandingCertificate, successor: Successor) {
    const { batchId, id: certificateId, registryNumber } = certificate;
    announce(tx, CertificateReplaced, {
      ...{ batchId, certificateId, registryNumber, replacedOn: this.clock.today() },
      ...{ byCertificateId: successor.id, byRegistryNumber: successor.registryNumber },
    });
  }
}
