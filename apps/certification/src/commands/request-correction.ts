import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Nested, OneOf, Prose, Sha256, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Personal, refuseIf } from '@shuzheng/platform';
import { normalizeName } from '@shuzheng/regulation';
import { Amendments } from '../data/amendments.js';
import { lockCertificate } from '../data/standing-certificate.js';
import { type CorrectionKind, correctionKinds, reasonsNotToCorrect } from '../domain/amending.js';

export class CorrectionRequested {
  @Uuid() readonly correctionId!: string;
}

export class CorrectedFields {
  @Text(1, 100, { optional: true, description: '更正后的姓名' }) readonly holderName?: string;
  @Text(1, 60, { optional: true }) readonly level?: string;
  @Text(1, 100, { optional: true }) readonly direction?: string;
  @Text(1, 20, { optional: true }) readonly examOn?: string;
}

export class CorrectionRequest {
  @OneOf(correctionKinds, { description: '录入错误、身份、成绩' }) readonly kind!: CorrectionKind;
  @Nested(() => CorrectedFields) readonly changes!: CorrectedFields;
  @Prose(2, 500) readonly reason!: string;
  @Sha256({ optional: true, description: '佐证材料的 SHA-256；身份更正必填' }) readonly evidenceSha256?: string;
}

/** 更正, asked for: nothing changes until another person approves it. */
export class RequestCorrection extends Command<CorrectionRequested> {
  constructor(
    readonly certificateId: string,
    readonly request: CorrectionRequest,
  ) {
    super();
  }
}

@CommandHandler(RequestCorrection)
export class RequestCorrectionHandler implements ICommandHandler<RequestCorrection> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly amendments: Amendments,
  ) {}

  execute({ certificateId, request: { kind, changes, reason, evidenceSha256 } }: RequestCorrection) {
    return this.db.transaction(async (tx) => {
      const certificate = await lockCertificate(tx, this.personal, certificateId);
      const fields = Object.entries(changes).flatMap(([field, value]) => (value === undefined ? [] : [field]));
      const newName = changes.holderName === undefined ? undefined : normalizeName(changes.holderName);
      const { holderName } = certificate.snapshot;
      const evidence = evidenceSha256 !== undefined;
      refuseIf(reasonsNotToCorrect({ certificate, kind, fields, holderName, newName, evidence }));

      const correctionId = await this.amendments.request(tx, certificate, {
        ...{ act: 'correct', kind, basis: reason, evidenceSha256 },
        changes: { holderName: newName ?? holderName },
      });
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { correctionId, kind } });
      return { correctionId };
    });
  }
}
