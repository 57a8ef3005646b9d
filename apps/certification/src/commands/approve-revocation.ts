import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CertificateRevoked, Day, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Missing, Personal, refuseIf, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { accountId, departmentOnly } from '../data/batches.js';
import { appendToLog } from '../data/registry-log.js';
import { lockCertificate, moveRowOf, type StandingCertificate } from '../data/standing-certificate.js';
import { reasonsNotToApprove } from '../domain/amending.js';

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

interface Revocation {
  readonly id: string;
  readonly certificateId: string;
  readonly reason: string;
  readonly state: 'requested' | 'approved';
  readonly requestedBy: string;
}

@CommandHandler(ApproveRevocation)
export class ApproveRevocationHandler implements ICommandHandler<ApproveRevocation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ revocationId }: ApproveRevocation) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const of = await row<Revocation>(tx, find, [revocationId]);
      if (!of) throw new Missing();
      const certificate = await lockCertificate(tx, this.personal, of.certificateId);
      const revocation = (await row<Revocation>(tx, `${find} for update`, [revocationId])) ?? of;
      refuseIf(reasonsNotToApprove({ certificate, ...revocation, by: accountId() }));

      const revokedOn = this.clock.today();
      await this.store(tx, certificate, revocationId, revokedOn);
      const { batchId, id: certificateId, registryNumber } = certificate;
      const { reason } = revocation;
      announce(tx, CertificateRevoked, { batchId, certificateId, registryNumber, revokedOn, reason });
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { revocationId, reason } });
      return { certificateId, revokedOn };
    });
  }

  private async store(tx: EntityManager, certificate: StandingCertificate, revocationId: string, revokedOn: string) {
    const { id, version, registryNumber, snapshotSha256, logSalt: salt } = certificate;
    const now = this.clock.now();
    await sql(tx, `update certificate set state = 'revoked', revoked_on = $2 where id = $1`, [id, revokedOn]);
    // Its holder may be examined and certified again.
    await sql(tx, 'update ledger set live = false where id = $1', [id]);
    await sql(tx, `update revocation set state = 'approved', approved_by = $2, approved_at = $3 where id = $1`, [
      revocationId,
      accountId(),
      now,
    ]);
    await moveRowOf(tx, certificate, 'revoke');
    await appendToLog(tx, now, [
      { kind: 'revocation', certificateId: id, version, registryNumber, snapshotSha256, salt },
    ]);
  }
}

const find = `
  select id, certificate_id as "certificateId", reason, state, requested_by as "requestedBy"
  from revocation where id = $1`;
