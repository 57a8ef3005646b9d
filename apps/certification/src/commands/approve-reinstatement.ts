import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CertificateReinstated, Day, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database } from '@shuzheng/platform';
import { Amendments } from '../data/amendments.js';
import { appendToLog } from '../data/registry-log.js';
import { change } from '../data/standing-certificate.js';

export class ReinstatementReceipt {
  @Uuid() readonly certificateId!: string;
  @Day() readonly reinstatedOn!: string;
}

/** 恢复, approved by another person: from this day on the certificate counts again. */
export class ApproveReinstatement extends Command<ReinstatementReceipt> {
  constructor(readonly reinstatementId: string) {
    super();
  }
}

@CommandHandler(ApproveReinstatement)
export class ApproveReinstatementHandler implements ICommandHandler<ApproveReinstatement> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly amendments: Amendments,
  ) {}

  execute({ reinstatementId }: ApproveReinstatement) {
    return this.db.transaction(async (tx) => {
      const { amendment, certificate } = await this.amendments.lockToDecide(tx, reinstatementId, 'reinstate');
      const reinstatedOn = this.clock.today();
      await change(tx, certificate, { act: 'reinstate', on: reinstatedOn });
      await this.amendments.decide(tx, amendment, { state: 'approved' });

      const { id: certificateId, batchId, registryNumber, version, snapshotSha256, logSalt: salt } = certificate;
      const logged = { certificateId, version, registryNumber, snapshotSha256, salt };
      await appendToLog(tx, this.clock.now(), [{ ...logged, kind: 'reinstatement', amendmentId: amendment.id }]);
      const reason = amendment.reason ?? '';
      announce(tx, CertificateReinstated, { batchId, certificateId, registryNumber, reinstatedOn });
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { reinstatementId, reason } });
      return { certificateId, reinstatedOn };
    });
  }
}
