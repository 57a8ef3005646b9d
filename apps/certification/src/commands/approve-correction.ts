import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CertificateCorrected, Int, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Missing, Personal, refuseIf, row, sql } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { accountId, departmentOnly } from '../data/batches.js';
import { CertificateMaker, type MadeVersion } from '../data/certificate-maker.js';
import { appendToLog } from '../data/registry-log.js';
import { SigningKey } from '../data/signing-key.js';
import { lockCertificate, moveRowOf, type StandingCertificate } from '../data/standing-certificate.js';
import { reasonsNotToApproveCorrection } from '../domain/amending.js';

export class CorrectionReceipt {
  @Uuid() readonly certificateId!: string;
  @Int(2, 1000) readonly version!: number;
}

/** 更正, approved by another person: a new version under the same number. Number and award date stay. */
export class ApproveCorrection extends Command<CorrectionReceipt> {
  constructor(readonly correctionId: string) {
    super();
  }
}

interface Correction {
  readonly id: string;
  readonly certificateId: string;
  readonly kind: string;
  readonly ofVersion: number;
  readonly changedFields: string[];
  readonly changes: string;
  readonly state: 'requested' | 'approved';
  readonly requestedBy: string;
}

@CommandHandler(ApproveCorrection)
export class ApproveCorrectionHandler implements ICommandHandler<ApproveCorrection> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly maker: CertificateMaker,
    private readonly key: SigningKey,
  ) {}

  execute({ correctionId }: ApproveCorrection) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const of = await row<Correction>(tx, find, [correctionId]);
      if (!of) throw new Missing();
      const certificate = await lockCertificate(tx, this.personal, of.certificateId);
      const correction = (await row<Correction>(tx, `${find} for update`, [correctionId])) ?? of;
      refuseIf(reasonsNotToApproveCorrection({ certificate, ...correction, by: accountId() }));

      const made = await this.corrected(tx, certificate, correction);
      await this.store(tx, certificate, correction, made);
      this.tell(tx, certificate, correction, made);
      const { id: certificateId } = certificate;
      const { version } = made.snapshot;
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { correctionId, version } });
      return { certificateId, version };
    });
  }

  private async corrected(tx: EntityManager, certificate: StandingCertificate, correction: Correction) {
    await this.key.publish(tx);
    const changes = JSON.parse(
      this.personal.open('correction', 'changes_sealed', correction.id, correction.changes),
    ) as { holderName: string };
    const next = { version: certificate.version + 1, correctedFields: correction.changedFields };
    const { snapshot } = certificate;
    return this.maker.make({ ...snapshot, ...changes, ...next }, this.clock.instant());
  }

  private async store(tx: EntityManager, certificate: StandingCertificate, correction: Correction, made: MadeVersion) {
    const { id, organisationId, registryNumber, logSalt: salt } = certificate;
    const { version, holderName } = made.snapshot;
    const now = this.clock.now();
    const sealed = (column: string, text: string) =>
      this.personal.seal('certificate_version', column, `${id}:${version}`, text);
    await sql(tx, insertVersion, [
      ...[id, version, organisationId, correction.id, correction.changedFields],
      sealed('snapshot_sealed', made.snapshotText),
      made.snapshotSha256,
      sealed('credential_sealed', made.credentialText),
      ...[made.keyId, now],
    ]);
    await sql(tx, `update certificate set state = 'corrected', version = $2, masked_name = $3 where id = $1`, [
      id,
      version,
      maskName(holderName),
    ]);
    await sql(
      tx,
      `update correction set state = 'approved', approved_by = $2, approved_at = $3, version = $4 where id = $1`,
      [correction.id, accountId(), now, version],
    );
    await moveRowOf(tx, certificate, 'correct');
    const { snapshotSha256 } = made;
    await appendToLog(tx, now, [
      { kind: 'correction', certificateId: id, version, registryNumber, snapshotSha256, salt },
    ]);
  }

  private tell(tx: EntityManager, certificate: StandingCertificate, { kind }: Correction, made: MadeVersion) {
    const { batchId, id: certificateId, registryNumber } = certificate;
    const { version, holderName: name } = made.snapshot;
    announce(tx, CertificateCorrected, {
      ...{ batchId, certificateId, registryNumber, version, kind, name },
      correctedOn: this.clock.today(),
      nameIndex: this.personal.nameIndex(name),
      maskedName: maskName(name),
      snapshotSha256: made.snapshotSha256,
    });
  }
}

const find = `
  select id, certificate_id as "certificateId", kind, of_version as "ofVersion", changed_fields as "changedFields",
    changes_sealed as changes, state, requested_by as "requestedBy"
  from correction where id = $1`;

const insertVersion = `
  insert into certificate_version (certificate_id, version, organisation_id, correction_id, corrected_fields, snapshot_sealed,
    snapshot_sha256, credential_sealed, key_id, made_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
