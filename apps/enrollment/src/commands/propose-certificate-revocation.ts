import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { lockClassOf } from '../data/classes.js';
import { remember } from '../data/moments.js';
import { certificateOf } from '../data/training-certificates.js';
import { writer } from '../data/who.js';
import { reasonsNotToPropose, revocationReasons } from '../domain/amending-certificates.js';

export class RevocationInput {
  @OneOf(revocationReasons) readonly reason!: string;
  @Prose(2, 500, { optional: true, description: '具体情况；原因为 other 时必填' }) readonly text?: string;
}

export class RevocationReceipt {
  @Uuid() readonly revocationId!: string;
}

/** Propose that a training certificate be revoked. A second person decides. */
export class ProposeCertificateRevocation extends Command<RevocationReceipt> {
  constructor(
    readonly certificateId: string,
    readonly why: RevocationInput,
  ) {
    super();
  }
}

@CommandHandler(ProposeCertificateRevocation)
export class ProposeCertificateRevocationHandler implements ICommandHandler<ProposeCertificateRevocation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ certificateId, why: { reason, text } }: ProposeCertificateRevocation) {
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'training_certificate', certificateId);
      const { state, openRevocation: open } = await certificateOf(tx, certificateId);
      refuseIf(reasonsNotToPropose({ classState: of.state, state, open, reason, text }));

      const revocationId = randomUUID();
      const now = this.clock.now();
      await sql(
        tx,
        `insert into training_certificate_revocation (id, certificate_id, class_id, organisation_id, city_code, reason, reason_text,
           state, proposed_by, proposed_at) values ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9)`,
        [
          ...[revocationId, certificateId, of.id, of.organisationId, of.cityCode],
          ...[reason, text ?? null, writer().accountId, now],
        ],
      );
      await remember(tx, of, 'revocation-proposed', now, { certificateId, reason });
      await this.audit.note({ subject: `training-certificate:${certificateId}`, detail: { revocationId, reason } });
      return { revocationId };
    });
  }
}
