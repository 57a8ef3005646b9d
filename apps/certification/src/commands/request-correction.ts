import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Nested, OneOf, Sha256, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Personal, refuseIf, sql } from '@shuzheng/platform';
import { normalizeName } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import { accountId } from '../data/batches.js';
import { lockCertificate } from '../data/standing-certificate.js';
import { reasonsNotToCorrect } from '../domain/amending.js';

export class CorrectionRequested {
  @Uuid() readonly correctionId!: string;
}

export class CorrectedFields {
  @Text(1, 100, { description: '更正后的姓名' }) readonly holderName!: string;
}

export class CorrectionRequest {
  @OneOf(['typo']) readonly kind!: string;
  @Nested(() => CorrectedFields) readonly changes!: CorrectedFields;
  @Text(2, 500) readonly reason!: string;
  @Sha256({ optional: true, description: '佐证材料的 SHA-256' }) readonly evidenceSha256?: string;
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
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ certificateId, request }: RequestCorrection) {
    return this.db.transaction(async (tx) => {
      const certificate = await lockCertificate(tx, this.personal, certificateId);
      const { holderName } = certificate.snapshot;
      const newName = normalizeName(request.changes.holderName);
      refuseIf(reasonsNotToCorrect({ certificate, holderName, newName }));

      const correctionId = randomUUID();
      const sealed = (column: string, text: string) => this.personal.seal('correction', column, correctionId, text);
      await sql(tx, insert, [
        ...[correctionId, certificateId, certificate.organisationId, request.kind, certificate.version, ['holderName']],
        sealed('changes_sealed', JSON.stringify({ holderName: newName })),
        sealed('reason_sealed', request.reason),
        ...[request.evidenceSha256 ?? null, accountId(), this.clock.now()],
      ]);
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { correctionId, kind: request.kind } });
      return { correctionId };
    });
  }
}

const insert = `
  insert into correction (id, certificate_id, organisation_id, kind, of_version, changed_fields, changes_sealed, reason_sealed,
    evidence_sha256, requested_by, requested_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
