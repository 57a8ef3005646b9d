import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Sha256, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, type EvidenceType, Files, Missing, row } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';

export class EvidenceReceipt {
  @Uuid() readonly evidenceId!: string;
  @Sha256() readonly sha256!: string;
}

export interface EvidenceOf {
  readonly subject: 'result' | 'patrol';
  readonly id: string;
}

/** Keep a file that proves a violation, or what a patrol found. The same file twice is one. */
export class KeepEvidence extends Command<EvidenceReceipt> {
  constructor(
    readonly of: EvidenceOf,
    readonly mediaType: EvidenceType,
    readonly bytes: Buffer,
  ) {
    super();
  }
}

interface Owner {
  readonly sessionId: string;
  readonly organisationId: string;
  readonly cityCode: string;
}

@CommandHandler(KeepEvidence)
export class KeepEvidenceHandler implements ICommandHandler<KeepEvidence> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly files: Files,
  ) {}

  execute({ of: { subject, id }, mediaType, bytes }: KeepEvidence) {
    return this.db.transaction(async (tx) => {
      const { sessionId, organisationId, cityCode } = await ownerOf(tx, { subject, id });
      const { sha256 } = await this.files.keep(tx, bytes, { mediaType, purpose: `${subject}-evidence`, checked: true });
      const kept = await row<{ id: string }>(tx, insert, [
        ...[randomUUID(), subject, id, sessionId, organisationId, cityCode, sha256, mediaType, bytes.length],
        ...[actor().accountId, this.clock.now()],
      ]);
      await this.audit.note({ subject: `${subject}:${id}`, detail: { sessionId, sha256, bytes: bytes.length } });
      return { evidenceId: kept?.id ?? '', sha256 };
    });
  }
}

/** Only who recorded a thing's session, or patrolled it, adds evidence to it. */
async function ownerOf(tx: EntityManager, { subject, id }: EvidenceOf): Promise<Owner> {
  const own = subject === 'result' ? 'organisation_id' : 'patrolled_by';
  const owner = await row<Owner>(
    tx,
    `select session_id as "sessionId", organisation_id as "organisationId", city_code as "cityCode"
     from ${subject} where id = $1 and ${own} = $2`,
    [id, actor().organisationId],
  );
  if (!owner) throw new Missing();
  return owner;
}

const insert = `
  insert into evidence (id, subject, subject_id, session_id, organisation_id, city_code, sha256, media_type, bytes, kept_by,
    kept_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (subject_id, sha256) do update set media_type = excluded.media_type returning id`;
