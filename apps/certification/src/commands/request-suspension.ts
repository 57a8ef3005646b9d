import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Personal, refuseIf } from '@shuzheng/platform';
import { Amendments } from '../data/amendments.js';
import { realDay } from '../data/real-day.js';
import { lockCertificate } from '../data/standing-certificate.js';
import { reasonsNotToSuspend } from '../domain/amending.js';
import { suspensionReasonCodes } from '../domain/return-reasons.js';

export class SuspensionRequested {
  @Uuid() readonly suspensionId!: string;
}

export class SuspensionRequest {
  @OneOf(suspensionReasonCodes) readonly reason!: string;
  @Prose(2, 500, { description: '依据：决定文书或核查结论' }) readonly basis!: string;
  @Day({ description: '复核日期：到期前恢复或撤销' }) readonly reviewOn!: string;
}

/** 暂停, asked for: the certificate counts until another person approves it. */
export class RequestSuspension extends Command<SuspensionRequested> {
  constructor(
    readonly certificateId: string,
    readonly request: SuspensionRequest,
  ) {
    super();
  }
}

@CommandHandler(RequestSuspension)
export class RequestSuspensionHandler implements ICommandHandler<RequestSuspension> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly amendments: Amendments,
  ) {}

  execute({ certificateId, request }: RequestSuspension) {
    return this.db.transaction(async (tx) => {
      const certificate = await lockCertificate(tx, this.personal, certificateId);
      const reviewOn = realDay('reviewOn', request.reviewOn);
      refuseIf(reasonsNotToSuspend(certificate, { reviewOn, today: this.clock.today() }));

      const { reason, basis } = request;
      const asked = { act: 'suspend', reason, basis, reviewOn } as const;
      const suspensionId = await this.amendments.request(tx, certificate, asked);
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { suspensionId, reason } });
      return { suspensionId };
    });
  }
}
