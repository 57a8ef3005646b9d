import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CertificateSuspended, Day, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database } from '@shuzheng/platform';
import { Amendments } from '../data/amendments.js';
import { appendToLog } from '../data/registry-log.js';
import { change } from '../data/standing-certificate.js';

export class SuspensionReceipt {
  @Uuid() readonly certificateId!: string;
  @Day() readonly suspendedOn!: string;
}

/** 暂停, approved by another person: the certificate does not count until it is reinstated. */
export class ApproveSuspension extends Command<SuspensionReceipt> {
  constructor(readonly suspensionId: string) {
    super();
  }
}

@CommandHandler(ApproveSuspension)
export class ApproveSuspensionHandler implements ICommandHandler<ApproveSuspension> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly amendments: Amendments,
  ) {}

  execute({ suspensionId }: ApproveSuspension) {
    return this.db.transaction(async (tx) => {
      const { amendment, certificate } = await this.amendments.lockToDecide(tx, suspensionId, 'suspend');
      const suspendedOn = this.clock.today();
      await change(tx, certificate, { act: 'suspend', on: suspendedOn, reviewOn: amendment.reviewOn });
      await this.amendments.decide(tx, amendment, { state: 'approved' });

      const { id: certificateId, batchId, registryNumber, version, snapshotSha256, logSalt: salt } = certificate;
      const logged = { certificateId, version, registryNumber, snapshotSha256, salt };
      await appendToLog(tx, this.clock.now(), [{ ...logged, kind: 'suspension', amendmentId: amendment.id }]);
      const reason = amendment.reason ?? '';
      announce(tx, CertificateSuspended, { batchId, certificateId, registryNumber, suspendedOn, reason });
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { suspensionId, reason } });
      return { certificateId, suspendedOn };
    });
  }
}
