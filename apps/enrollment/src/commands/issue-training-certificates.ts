import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, List, Text, TrainingCertificatesIssued, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, row, rows, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { lockClass, type TrainingClass } from '../data/classes.js';
import { writer } from '../data/who.js';
import { reasonsNotToCertify } from '../domain/completing.js';

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
}

/** 颁发培训合格证书 to everybody who passed and has none yet. */
export class IssueTrainingCertificates extends Command<IssuingReceipt> {
  constructor(
    readonly classId: string,
    readonly input: IssuingInput,
  ) {
    super();
  }
}

interface Certified {
  readonly trainingCertificateId: string;
  readonly enrolmentId: string;
  readonly personId: string;
  readonly number: string | null;
}

@CommandHandler(IssueTrainingCertificates)
export class IssueTrainingCertificatesHandler implements ICommandHandler<IssueTrainingCertificates> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ classId, input: { issuedOn, numbers = [] } }: IssueTrainingCertificates) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      const passed = await withoutCertificate(tx, classId);
      const given = new Map(numbers.map(({ enrolmentId, number }) => [enrolmentId, number]));
      refuseIf(
        reasonsNotToCertify({
          ...of,
          issuedOn,
          today: this.clock.today(),
          toIssue: passed.length,
          allKnown: [...given.keys()].every((id) => passed.some(({ enrolmentId }) => enrolmentId === id)),
          numbers: numbers.map(({ number }) => number),
          numberTaken: await anyTaken(tx, of.organisationId, [...given.values()]),
        }),
      );

      const certificates = passed.map((seat) => ({
        trainingCertificateId: randomUUID(),
        ...seat,
        number: given.get(seat.enrolmentId) ?? null,
      }));
      await this.store(tx, of, issuedOn, certificates);
      announce(tx, TrainingCertificatesIssued, { classId, organisationId: of.organisationId, issuedOn, certificates });
      await this.audit.note({ subject: `class:${classId}`, detail: { issued: certificates.length } });
      return { issued: certificates.length };
    });
  }

  private store(tx: EntityManager, of: TrainingClass, issuedOn: string, certificates: readonly Certified[]) {
    return sql(
      tx,
      `insert into training_certificate (id, enrolment_id, class_id, person_id, organisation_id, city_code, number, issued_on, issued_by, issued_at)
       select id, enrolment, $1, person, $2, $3, number, $4, $5, $6
       from unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::text[]) as certificate (id, enrolment, person, number)`,
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
      ],
    );
  }
}

const withoutCertificate = (tx: EntityManager, classId: string) =>
  rows<{ enrolmentId: string; personId: string }>(
    tx,
    `select id as "enrolmentId", person_id as "personId" from enrolment
     where class_id = $1 and passed and not exists (select from training_certificate where enrolment_id = enrolment.id)
     order by place`,
    [classId],
  );

/** Numbers are the issuer's own: another institution may use the same. Issuing takes turns, so none is taken twice. */
async function anyTaken(tx: EntityManager, organisationId: string, numbers: readonly string[]): Promise<boolean> {
  if (numbers.length === 0) return false;
  await sql(tx, `select pg_advisory_xact_lock(hashtextextended('training certificates ' || $1, 0))`, [organisationId]);
  const taken = await row(
    tx,
    'select 1 from training_certificate where organisation_id = $1 and number = any($2::text[]) limit 1',
    [organisationId, numbers],
  );
  return taken !== undefined;
}
