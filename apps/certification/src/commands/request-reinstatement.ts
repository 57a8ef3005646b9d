import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Personal, refuseIf } from '@shuzheng/platform';
import { Amendments } from '../data/amendments.js';
import { lockCertificate } from '../data/standing-certificate.js';
import { reasonsNotToAsk } from '../domain/amending.js';
import { reinstatementReasonCodes } from '../domain/return-reasons.js';

export class ReinstatementRequested {
  @Uuid() readonly reinstatementId!: string;
}

export class ReinstatementRequest {
  @OneOf(reinstatementReasonCodes) readonly reason!: string;
  @Prose(2, 500, { description: '依据：决定文书或核查结论' }) readonly basis!: string;
}

/** 恢复, asked for: the certificate stays suspended until another person approves it. */
export class RequestReinstatement extends Command<ReinstatementRequested> {
  constructor(
    readonly certificateId: string,
    readonly request: ReinstatementRequest,
  ) {
    super();
  }
}

@CommandHandler(RequestReinstatement)
export class RequestReinstatementHandler implements ICommandHandler<RequestReinstatement> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly amendments: Amendments,
  ) {}

  execute({ certificateId, request: { reason, basis } }: RequestReinstatement) {
    return this.db.transaction(async (tx) => {
      const certificate = await lockCertificate(tx, this.personal, certificateId);
      refuseIf(reasonsNotToAsk('reinstate', certificate));

      const reinstatementId = await this.amendments.request(tx, certificate, { act: 'reinstate', reason, basis });
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { reinstatementId, reason } });
      return { reinstatementId };
    });
  }
}
