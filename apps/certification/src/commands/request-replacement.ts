import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Personal, refuseIf } from '@shuzheng/platform';
import { Amendments } from '../data/amendments.js';
import { lockCertificate } from '../data/standing-certificate.js';
import { reasonsNotToAsk } from '../domain/amending.js';
import { replacementReasonCodes } from '../domain/return-reasons.js';

export class ReplacementRequested {
  @Uuid() readonly replacementId!: string;
}

export class ReplacementRequest {
  @OneOf(replacementReasonCodes) readonly reason!: string;
  @Prose(2, 500, { description: '依据：决定文书或核查结论' }) readonly basis!: string;
}

/** 换发, asked for: the certificate counts until another person approves it. */
export class RequestReplacement extends Command<ReplacementRequested> {
  constructor(
    readonly certificateId: string,
    readonly request: ReplacementRequest,
  ) {
    super();
  }
}

@CommandHandler(RequestReplacement)
export class RequestReplacementHandler implements ICommandHandler<RequestReplacement> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly amendments: Amendments,
  ) {}

  execute({ certificateId, request: { reason, basis } }: RequestReplacement) {
    return this.db.transaction(async (tx) => {
      const certificate = await lockCertificate(tx, this.personal, certificateId);
      refuseIf(reasonsNotToAsk('replace', certificate));

      const replacementId = await this.amendments.request(tx, certificate, { act: 'replace', reason, basis });
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { replacementId, reason } });
      return { replacementId };
    });
  }
}
