import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Personal, refuseIf } from '@shuzheng/platform';
import { Amendments } from '../data/amendments.js';
import { lockCertificate } from '../data/standing-certificate.js';
import { reasonsNotToAsk } from '../domain/amending.js';
import { revocationReasonCodes } from '../domain/return-reasons.js';

export class RevocationRequested {
  @Uuid() readonly revocationId!: string;
}

export class RevocationRequest {
  @OneOf(revocationReasonCodes) readonly reason!: string;
  @Prose(2, 500, { description: '依据：决定文书或核查结论' }) readonly basis!: string;
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
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly amendments: Amendments,
  ) {}

  execute({ certificateId, request: { reason, basis } }: RequestRevocation) {
    return this.db.transaction(async (tx) => {
      const certificate = await lockCertificate(tx, this.personal, certificateId);
      refuseIf(reasonsNotToAsk('revoke', certificate));

      const revocationId = await this.amendments.request(tx, certificate, { act: 'revoke', reason, basis });
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { revocationId, reason } });
      return { revocationId };
    });
  }
}
