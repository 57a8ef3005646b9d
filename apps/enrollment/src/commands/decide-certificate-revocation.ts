import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { lockClassOf } from '../data/classes.js';
import { remember } from '../data/moments.js';
import { certificateOf, tellAmended } from '../data/training-certificates.js';
import { writer } from '../data/who.js';
import { reasonsNotToDecide } from '../domain/amending-certificates.js';

export class DecidedRevocation {
  @Uuid() readonly revocationId!: string;
  @OneOf(['approved', 'dismissed']) readonly state!: string;
}

/** A second person approves a revocation; or it is dismissed, by anybody who may, the proposer included. */
export class DecideCertificateRevocation extends Command<DecidedRevocation> {
  constructor(
    readonly revocationId: string,
    readonly approves: boolean,
  ) {
    super();
  }
}

interface Proposal {
  readonly certificateId: string;
  readonly reason: string;
  readonly state: string;
  readonly proposedBy: string;
}

@CommandHandler(DecideCertificateRevocation)
export class DecideCertificateRevocationHandler implements ICommandHandler<DecideCertificateRevocation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ revocationId, approves }: DecideCertificateRevocation) {
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'training_certificate_revocation', revocationId);
      const { certificateId, reason, proposedBy, ...proposal } = await proposalOf(tx, revocationId);
      const ownProposal = proposedBy === writer().accountId;
      refuseIf(reasonsNotToDecide({ ...proposal, approves, ownProposal }));

      const state = approves ? 'approved' : 'dismissed';
      const now = this.clock.now();
      await sql(
        tx,
        'update training_certificate_revocation set state = $2, decided_by = $3, decided_at = $4 where id = $1',
        [revocationId, state, writer().accountId, now],
      );
      if (approves) {
        await this.revoke(tx, certificateId, reason);
        tellAmended(tx, of, await certificateOf(tx, certificateId), 'revoked', this.clock.today());
      }
      const kind = approves ? 'certificate-revoked' : 'revocation-dismissed';
      await remember(tx, of, kind, now, { certificateId, reason });
      await this.audit.note({ subject: `training-certificate:${certificateId}`, detail: { revocationId, state } });
      return { revocationId, state };
    });
  }

  private revoke(tx: EntityManager, certificateId: string, reason: string) {
    return sql(
      tx,
      `update training_certificate set state = 'revoked', revoked_on = $2, revoked_reason = $3, version = version + 1 where id = $1`,
      [certificateId, this.clock.today(), reason],
    );
  }
}

async function proposalOf(tx: EntityManager, revocationId: string): Promise<Proposal> {
  const found = await row<Proposal & Record<string, unknown>>(
    tx,
    `select certificate_id as "certificateId", reason, state, proposed_by as "proposedBy"
     from training_certificate_revocation where id = $1`,
    [revocationId],
  );
  if (!found) throw new Missing();
  return found;
}
