import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Personal, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { accountId } from '../data/batches.js';
import { lockCertificate } from '../data/standing-certificate.js';
import { reasonsNotToRevoke } from '../domain/amending.js';
import { revocationReasonCodes } from '../domain/return-reasons.js';

export class RevocationRequested {
  @Uuid() readonly revocationId!: string;
}

export class RevocationRequest {
  @OneOf(revocationReasonCodes) readonly reason!: string;
  @Text(2, 500, { description: '依据：决定文书或核查结论' }) readonly basis!: string;
}

/** 撤销, asked for: the certificate counts until another person approves it. */
export class RequestRevocation extends Command<RevocationRequested> {
  constructor(
    readonly certificateId: string,
    readonly request: RevocationRequest,
  ) {
    super();
  }
}

@CommandHandler(RequestRevocation)
export class RequestRevocationHandler implements ICommandHandler<RequestRevocation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ certificateId, request: { reason, basis } }: RequestRevocation) {
    return this.db.transaction(async (tx) => {
      const certificate = await lockCertificate(tx, this.personal, certificateId);
      refuseIf(reasonsNotToRevoke(certificate));

      const revocationId = randomUUID();
      await sql(
        tx,
        `insert into revocation (id, certificate_id, organisation_id, reason, basis_sealed, requested_by, requested_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          ...[revocationId, certificateId, certificate.organisationId, reason],
          this.personal.seal('revocation', 'basis_sealed', revocationId, basis),
          ...[accountId(), this.clock.now()],
        ],
      );
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { revocationId, reason } });
      return { revocationId };
    });
  }
}
