import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Sha256, Uuid } from '@shuzheng/contracts';
import {
  Audit,
  Clock,
  Database,
  type EvidenceType,
  Files,
  Invalid,
  refuseIf,
  row,
  sha256,
  sql,
} from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { lockClassOf } from '../data/classes.js';
import { lessonOf } from '../data/lessons.js';
import { remember } from '../data/moments.js';
import { writer } from '../data/who.js';
import { reasonsNotToKeep } from '../domain/evidence.js';

export class EvidenceReceipt {
  @Uuid() readonly evidenceId!: string;
  @Sha256() readonly sha256!: string;
}

/** Keep a scanned attendance sheet with its lesson, under its digest. */
export class KeepEvidence extends Command<EvidenceReceipt> {
  constructor(
    readonly lessonId: string,
    readonly bytes: Buffer,
    readonly mediaType: EvidenceType,
  ) {
    super();
  }
}

@CommandHandler(KeepEvidence)
export class KeepEvidenceHandler implements ICommandHandler<KeepEvidence> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly files: Files,
  ) {}

  execute({ lessonId, bytes, mediaType }: KeepEvidence) {
    if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw new Invalid([{ field: 'body', check: 'isFile' }]);
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'lesson', lessonId);
      const { removed } = await lessonOf(tx, of.id, lessonId);
      const kept = await keptOf(tx, lessonId, sha256(bytes));
      refuseIf(reasonsNotToKeep({ ...kept, state: of.state, removed, bytes: bytes.length }));

      const file = await this.files.keep(tx, bytes, { mediaType, purpose: 'attendance-evidence', checked: true });
      const evidenceId = randomUUID();
      const now = this.clock.now();
      await sql(
        tx,
        `insert into lesson_evidence (id, lesson_id, class_id, organisation_id, city_code, file_id, sha256, media_type, bytes,
           uploaded_by, uploaded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[evidenceId, lessonId, of.id, of.organisationId, of.cityCode],
          ...[file.fileId, file.sha256, mediaType, bytes.length, writer().accountId, now],
        ],
      );
      await remember(tx, of, 'evidence-kept', now, { lessonId, bytes: bytes.length });
      await this.audit.note({ subject: `class:${of.id}`, detail: { lessonId, evidenceId, sha256: file.sha256 } });
      return { evidenceId, sha256: file.sha256 };
    });
  }
}

async function keptOf(tx: EntityManager, lessonId: string, digest: string) {
  const found = await row<{ kept: number; repeated: boolean }>(
    tx,
    `select count(*)::int as kept, coalesce(bool_or(sha256 = $2), false) as repeated from lesson_evidence where lesson_id = $1`,
    [lessonId, digest],
  );
  return found ?? { kept: 0, repeated: false };
}
