import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, Prose, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Personal, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { numberTaken } from '../data/certificate-numbers.js';
import { lockClassOf, type TrainingClass } from '../data/classes.js';
import { remember } from '../data/moments.js';
import { certificateOf, type LockedCertificate, tellAmended } from '../data/training-certificates.js';
import { writer } from '../data/who.js';
import { reasonsNotToCorrect } from '../domain/amending-certificates.js';

export class CorrectionInput {
  @Text(1, 60, { optional: true, description: '正确的证书编号' }) readonly number?: string;
  @Text(1, 100, { optional: true, description: '正确的姓名；须与登记的姓名一致' }) readonly holderName?: string;
  @Prose(2, 200) readonly reason!: string;
}

export class CorrectedCertificate {
  @Uuid() readonly certificateId!: string;
  @Int(2, 1000) readonly version!: number;
}

/** 更正: a new version of the certificate; the earlier one stays readable. The day of issue stays. */
export class CorrectTrainingCertificate extends Command<CorrectedCertificate> {
  constructor(
    readonly certificateId: string,
    readonly input: CorrectionInput,
  ) {
    super();
  }
}

@CommandHandler(CorrectTrainingCertificate)
export class CorrectTrainingCertificateHandler implements ICommandHandler<CorrectTrainingCertificate> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ certificateId, input }: CorrectTrainingCertificate) {
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'training_certificate', certificateId);
      const certificate = await certificateOf(tx, certificateId);
      requireVersion(certificate.version);
      refuseIf(reasonsNotToCorrect(await this.factsOf(tx, of, certificate, input)));

      const number = input.number ?? certificate.number;
      await this.keepVersion(tx, certificateId, input.reason);
      await sql(
        tx,
        `update training_certificate set number = $2, holder_name_sealed = $3, version = version + 1 where id = $1`,
        [certificateId, number, this.holder(certificate, input)],
      );
      tellAmended(tx, of, { ...certificate, number }, 'corrected', this.clock.today());
      const version = certificate.version + 1;
      await remember(tx, of, 'certificate-corrected', this.clock.now(), { certificateId, version });
      await this.audit.note({ subject: `training-certificate:${certificateId}`, detail: { version } });
      return { certificateId, version };
    });
  }

  private async factsOf(tx: EntityManager, of: TrainingClass, certificate: LockedCertificate, input: CorrectionInput) {
    const { number: stands, state, registeredNameIndex } = certificate;
    const { number: wanted, holderName } = input;
    const taken = wanted !== undefined && wanted !== stands && (await numberTaken(tx, of.organisationId, [wanted]));
    const registered = holderName !== undefined && this.personal.nameIndex(holderName) === registeredNameIndex;
    const differs = this.printed(certificate) !== this.registered(certificate);
    const name = { wanted: holderName !== undefined, registered, differs };
    return { classState: of.state, state, number: { stands, wanted, taken }, name };
  }

  private keepVersion(tx: EntityManager, certificateId: string, reason: string) {
    return sql(
      tx,
      `insert into training_certificate_version (certificate_id, version, organisation_id, city_code, number, holder_name_sealed,
         reason, replaced_by, replaced_at)
       select id, version, organisation_id, city_code, number, holder_name_sealed, $2, $3, $4
       from training_certificate where id = $1`,
      [certificateId, reason, writer().accountId, this.clock.now()],
    );
  }

  /** What is printed is the name as the registry writes it, however it was typed here. */
  private holder(certificate: LockedCertificate, { holderName }: CorrectionInput) {
    if (holderName === undefined) return certificate.holderName;
    return this.personal.seal('training_certificate', 'holder_name', certificate.id, this.registered(certificate));
  }

  private printed({ id, holderName, ...certificate }: LockedCertificate) {
    if (holderName === null) return this.registered({ id, holderName, ...certificate });
    return this.personal.open('training_certificate', 'holder_name', id, holderName);
  }

  private registered({ personId, registeredName }: LockedCertificate) {
    return this.personal.open('person', 'name', personId, registeredName);
  }
}
