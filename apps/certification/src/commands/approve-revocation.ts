import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CertificateRevoked, Day, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database } from '@shuzheng/platform';
import { Amendments } from '../data/amendments.js';
import { appendToLog } from '../data/registry-log.js';
import { change } from '../data/standing-certificate.js';

export class RevocationReceipt {
  @Uuid() readonly certificateId!: string;
  @Day() readonly revokedOn!: string;
}

/** 撤销, approved by another person: from this day on the certificate no longer counts. */
export class ApproveRevocation extends Command<RevocationReceipt> {
  constructor(readonly revocationId: string) {
    super();
  }
}

@CommandHandler(ApproveRevocation)
export class ApproveRevocationHandler implements ICommandHandler<ApproveRevocation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly amendments: Amendments,
  ) {}

  execute({ revocationId }: ApproveRevocation) {
    return this.db.transaction(async (tx) => {
      const { amendment, certificate } = await this.amendments.lockToDecide(tx, revocationId, 'revoke');
      const revokedOn = this.clock.today();
      await change(tx, certificate, { act: 'revoke', on: revokedOn });
      await this.amendments.decide(tx, amendment, { state: 'approved' });

      const { id: certificateId, batchId, registryNumber, version, snapshotSha256, logSalt: salt } = certificate;
      const logged = { certificateId, version, registryNumber, snapshotSha256, salt };
      await appendToLog(tx, this.clock.now(), [{ ...logged, kind: 'revocation' }]);
      const reason = amendment.reason ?? '';
      announce(tx, CertificateRevoked, { batchId, certificateId, registryNumber, revokedOn, reason });
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { revocationId, reason } });
      return { certificateId, revokedOn };
    });
  }
}
