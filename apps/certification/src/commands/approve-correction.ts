import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CertificateCorrected, Int, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Personal, sql } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { type Amendment, Amendments } from '../data/amendments.js';
import { CertificateMaker, type MadeVersion } from '../data/certificate-maker.js';
import { appendToLog } from '../data/registry-log.js';
import { SigningKey } from '../data/signing-key.js';
import { change, type StandingCertificate } from '../data/standing-certificate.js';

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

@CommandHandler(ApproveCorrection)
export class ApproveCorrectionHandler implements ICommandHandler<ApproveCorrection> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly maker: CertificateMaker,
    private readonly key: SigningKey,
    private readonly amendments: Amendments,
  ) {}

  execute({ correctionId }: ApproveCorrection) {
    return this.db.transaction(async (tx) => {
      const { amendment, certificate } = await this.amendments.lockToDecide(tx, correctionId, 'correct');
      const made = await this.corrected(tx, certificate, amendment);
      await this.store(tx, certificate, amendment, made);
      this.tell(tx, certificate, amendment, made);
      const { id: certificateId } = certificate;
      const { version } = made.snapshot;
      await this.audit.note({ subject: `certificate:${certificateId}`, detail: { correctionId, version } });
      return { certificateId, version };
    });
  }

  private async corrected(tx: EntityManager, certificate: StandingCertificate, amendment: Amendment) {
    await this.key.publish(tx);
    const next = { version: certificate.version + 1, correctedFields: amendment.changedFields };
    const changed = { ...certificate.snapshot, ...this.amendments.changes(amendment), ...next };
    return this.maker.make(changed, this.clock.instant());
  }

  private async store(tx: EntityManager, certificate: StandingCertificate, amendment: Amendment, made: MadeVersion) {
    const { id, organisationId, registryNumber, logSalt: salt } = certificate;
    const { version, holderName } = made.snapshot;
    const now = this.clock.now();
    const sealed = (column: string, text: string) =>
      this.personal.seal('certificate_version', column, `${id}:${version}`, text);
    await sql(tx, insertVersion, [
      ...[id, version, organisationId, amendment.id, amendment.changedFields],
      sealed('snapshot_sealed', made.snapshotText),
      made.snapshotSha256,
      sealed('credential_sealed', made.credentialText),
      ...[made.keyId, now],
    ]);
    await change(tx, certificate, {
      act: 'correct',
      on: this.clock.today(),
      version,
      maskedName: maskName(holderName),
    });
    await this.amendments.decide(tx, amendment, { state: 'approved', version });
    const { snapshotSha256 } = made;
    await appendToLog(tx, now, [
      { kind: 'correction', certificateId: id, version, registryNumber, snapshotSha256, salt },
    ]);
  }

  private tell(tx: EntityManager, certificate: StandingCertificate, { kind }: Amendment, made: MadeVersion) {
    const { batchId, id: certificateId, registryNumber } = certificate;
    const { version, holderName: name } = made.snapshot;
    announce(tx, CertificateCorrected, {
      ...{ batchId, certificateId, registryNumber, version, name, kind: kind ?? '' },
      correctedOn: this.clock.today(),
      nameIndex: this.personal.nameIndex(name),
      maskedName: maskName(name),
      snapshotSha256: made.snapshotSha256,
    });
  }
}

const insertVersion = `
  insert into certificate_version (certificate_id, version, organisation_id, correction_id, corrected_fields, snapshot_sealed,
    snapshot_sha256, credential_sealed, key_id, made_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
