import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Instant, Int, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, Personal, row, rows } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import {
  maskedCertificate,
  type SealedCertificate,
  trainingCertificates,
  TrainingCertificateView,
} from '../data/certificate-views.js';
import { selected } from '../data/select.js';

export class EarlierCertificate {
  @Int(1, 1000) readonly version!: number;
  @Text(1, 60, { nullable: true }) readonly number!: string | null;
  @Text(1, 10, { nullable: true }) readonly maskedName!: string | null;
  @Text(1, 200, { description: '更正的原因' }) readonly reason!: string;
  @Instant() readonly replacedAt!: string;
}

export class RevocationView {
  @Uuid() readonly id!: string;
  @Code() readonly reason!: string;
  @Text(1, 500, { nullable: true }) readonly text!: string | null;
  @OneOf(['proposed', 'approved', 'dismissed']) readonly state!: string;
  @Instant() readonly proposedAt!: string;
  @Instant({ nullable: true }) readonly decidedAt!: string | null;
}

export class WholeTrainingCertificate extends TrainingCertificateView {
  @List(() => EarlierCertificate, 0, 1000, { description: '更正之前的内容' }) readonly earlier!: EarlierCertificate[];
  @List(() => RevocationView, 0, 1000) readonly revocations!: RevocationView[];
}

export class FindTrainingCertificate extends Query<WholeTrainingCertificate> {
  constructor(readonly certificateId: string) {
    super();
  }
}

@QueryHandler(FindTrainingCertificate)
export class FindTrainingCertificateHandler implements IQueryHandler<FindTrainingCertificate> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute({ certificateId }: FindTrainingCertificate) {
    return this.db.transaction(async (tx) => {
      const found = await row<SealedCertificate & Record<string, unknown>>(
        tx,
        `select ${selected(trainingCertificates.columns)} from ${trainingCertificates.from} where certificate.id = $1`,
        [certificateId],
      );
      if (!found) throw new Missing();
      return {
        ...maskedCertificate(this.personal, found),
        earlier: await this.earlier(tx, certificateId),
        revocations: await revocationsOf(tx, certificateId),
      };
    });
  }

  private async earlier(tx: EntityManager, certificateId: string): Promise<EarlierCertificate[]> {
    const kept = await rows<Omit<EarlierCertificate, 'maskedName'> & { name: string | null }>(
      tx,
      `select version, number, holder_name_sealed as name, reason, replaced_at as "replacedAt"
       from training_certificate_version where certificate_id = $1 order by version`,
      [certificateId],
    );
    const printed = (name: string) => this.personal.open('training_certificate', 'holder_name', certificateId, name);
    return kept.map(({ name, ...rest }) => ({ ...rest, maskedName: name === null ? null : maskName(printed(name)) }));
  }
}

const revocationsOf = (tx: EntityManager, certificateId: string) =>
  rows<RevocationView & Record<string, unknown>>(
    tx,
    `select id, reason, reason_text as text, state, proposed_at as "proposedAt", decided_at as "decidedAt"
     from training_certificate_revocation where certificate_id = $1 order by proposed_at`,
    [certificateId],
  );
