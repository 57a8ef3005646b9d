import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, List, Text, TrainingCertificatesIssued, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Personal, refuseIf, rows, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { numberTaken } from '../data/certificate-numbers.js';
import { lockClass, type TrainingClass } from '../data/classes.js';
import { hoursInClass } from '../data/hours.js';
import { remember } from '../data/moments.js';
import { OfficeSettings } from '../data/office-settings.js';
import { writer } from '../data/who.js';
import { lastingReasons } from '../domain/amending-certificates.js';
import { reasonsNotToCertify } from '../domain/completing.js';
import { shortOf } from '../domain/hours.js';

export class CertificateNumber {
  @Uuid() readonly enrolmentId!: string;
  @Text(1, 60, { description: '培训机构自编的证书编号；官方格式待核实' }) readonly number!: string;
}

export class IssuingInput {
  @Day() readonly issuedOn!: string;
  @List(() => CertificateNumber, 0, 500, { optional: true }) readonly numbers?: CertificateNumber[];
}

export class IssuingReceipt {
  @Int(1, 500) readonly issued!: number;
  @Int(0, 500, { description: '合格但未完成规定学时、未颁发的人数' }) readonly withheld!: number;
}

/** 颁发培训合格证书 to everybody who passed, finished the hours as far as they are known, and holds none. */
export class IssueTrainingCertificates extends Command<IssuingReceipt> {
  constructor(
    readonly classId: string,
    readonly input: IssuingInput,
  ) {
    super();
  }
}

interface Passed {
  readonly enrolmentId: string;
  readonly personId: string;
  readonly name: string;
}
interface Certified extends Passed {
  readonly trainingCertificateId: string;
  readonly number: string | null;
}

@CommandHandler(IssueTrainingCertificates)
export class IssueTrainingCertificatesHandler implements ICommandHandler<IssueTrainingCertificates> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly settings: OfficeSettings,
  ) {}

  execute({ classId, input: { issuedOn, numbers = [] } }: IssueTrainingCertificates) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      const passed = await withoutCertificate(tx, classId);
      const short = await this.short(tx, of);
      const due = passed.filter(({ enrolmentId }) => !short.has(enrolmentId));
      const given = new Map(numbers.map(({ enrolmentId, number }) => [enrolmentId, number]));
      const withheld = passed.length - due.length;
      refuseIf(
        reasonsNotToCertify({
          ...of,
          issuedOn,
          today: this.clock.today(),
          toIssue: due.length,
          shortOfHours: withheld,
          allKnown: [...given.keys()].every((id) => due.some(({ enrolmentId }) => enrolmentId === id)),
          numbers: numbers.map(({ number }) => number),
          numberTaken: await numberTaken(tx, of.organisationId, [...given.values()]),
        }),
      );

      const certificates = due.map((seat) => this.certified(seat, given.get(seat.enrolmentId)));
      await this.store(tx, of, issuedOn, certificates);
      announce(tx, TrainingCertificatesIssued, {
        classId,
        organisationId: of.organisationId,
        issuedOn,
        certificates: certificates.map(({ name: _, ...told }) => told),
      });
      const counts = { issued: certificates.length, withheld };
      await remember(tx, of, 'certificates-issued', this.clock.now(), { ...counts, issuedOn });
      await this.audit.note({ subject: `class:${classId}`, detail: counts });
      return counts;
    });
  }

  private certified(seat: Passed, number: string | undefined): Certified {
    return { trainingCertificateId: randomUUID(), ...seat, number: number ?? null };
  }

  /** Who is short of the standard's hours; nobody while they are 待核实. */
  private async short(tx: EntityManager, of: TrainingClass): Promise<ReadonlySet<string>> {
    const standard = await this.settings.standardHours(tx, of.subject);
    if (standard === null) return new Set();
    const attended = await hoursInClass(tx, of.id);
    return new Set(
      attended.filter((hours) => (shortOf(standard, hours) ?? []).length > 0).map(({ enrolmentId }) => enrolmentId),
    );
  }

  private store(tx: EntityManager, of: TrainingClass, issuedOn: string, certificates: readonly Certified[]) {
    return sql(
      tx,
      `insert into training_certificate (id, enrolment_id, class_id, person_id, organisation_id, city_code, number, holder_name_sealed,
         issued_on, issued_by, issued_at)
       select id, enrolment, $1, person, $2, $3, number, name, $4, $5, $6
       from unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::text[], $11::text[]) as certificate (id, enrolment, person, number, name)`,
      [
        of.id,
        of.organisationId,
        of.cityCode,
        issuedOn,
        writer().accountId,
        this.clock.now(),
        certificates.map(({ trainingCertificateId }) => trainingCertificateId),
        certificates.map(({ enrolmentId }) => enrolmentId),
        certificates.map(({ personId }) => personId),
        certificates.map(({ number }) => number),
        certificates.map((certificate) => this.holder(certificate)),
      ],
    );
  }

  /** The name as it is printed: what is registered today, under the certificate's own seal. */
  private holder({ trainingCertificateId, personId, name }: Certified) {
    const plain = this.personal.open('person', 'name', personId, name);
    return this.personal.seal('training_certificate', 'holder_name', trainingCertificateId, plain);
  }
}

const withoutCertificate = (tx: EntityManager, classId: string) =>
  rows<Passed & Record<string, unknown>>(
    tx,
    `select enrolment.id as "enrolmentId", person_id as "personId", person.name_sealed as name
     from enrolment join person on person.id = person_id
     where class_id = $1 and passed
       and not exists (select from training_certificate as held where held.enrolment_id = enrolment.id
         and (held.state = 'issued' or held.revoked_reason = any($2::text[])))
     order by place`,
    [classId, lastingReasons],
  );
