import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Sha256, Text, Uuid } from '@shuzheng/contracts';
import { Audit, canonicalDigest, Clock, Database, refuseIf, row, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { lockClassOf, type TrainingClass } from '../data/classes.js';
import { nextNumber } from '../data/filings.js';
import { hoursInClass } from '../data/hours.js';
import { remember } from '../data/moments.js';
import { OfficeSettings } from '../data/office-settings.js';
import { writer } from '../data/who.js';
import { faultsOfMove } from '../domain/class-states.js';
import { totalOf } from '../domain/hours.js';

export class ProofReceipt {
  @Uuid() readonly proofId!: string;
  @Text(1, 30, { description: '学时证明的编号' }) readonly number!: string;
  @Sha256() readonly sha256!: string;
  @Instant() readonly issuedAt!: string;
}

/** 出具学时证明: the hours of one learner as they stand now. It is no certificate, and says so. */
export class ProveHours extends Command<ProofReceipt> {
  constructor(readonly enrolmentId: string) {
    super();
  }
}

interface Proof {
  readonly proofId: string;
  readonly number: string;
  readonly facts: object;
  readonly sha256: string;
  readonly enrolmentId: string;
  readonly personId: string;
}

@CommandHandler(ProveHours)
export class ProveHoursHandler implements ICommandHandler<ProveHours> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly settings: OfficeSettings,
  ) {}

  execute({ enrolmentId }: ProveHours) {
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'enrolment', enrolmentId);
      refuseIf(faultsOfMove(of.state, 'prove-hours'));

      const issuedAt = this.clock.instant();
      const { personId, facts } = await this.factsOf(tx, of, enrolmentId, issuedAt);
      const number = await nextNumber(tx, 'XS', this.clock.today());
      const sha256 = canonicalDigest([{ number, ...facts }]);
      const proofId = randomUUID();
      await this.store(tx, of, { proofId, number, facts, sha256, enrolmentId, personId });
      await remember(tx, of, 'hours-proved', this.clock.now(), { number });
      await this.audit.note({ subject: `hours-proof:${proofId}`, detail: { number, sha256, enrolmentId } });
      return { proofId, number, sha256, issuedAt };
    });
  }

  /** What the proof says: days, subject and hours, and nothing by which a stranger could tell whose they are. */
  private async factsOf(tx: EntityManager, of: TrainingClass, enrolmentId: string, issuedAt: string) {
    const [attended] = await hoursInClass(tx, of.id, [enrolmentId]);
    if (!attended) throw new Error('an enrolment of the class has its hours');
    const { personId, enrolmentId: _, ...parts } = attended;
    const named = await row<{ name: string; organisation: string | null; state: string }>(
      tx,
      `select class.name, organisation.name as organisation, enrolment.state from enrolment
         join training_class as class on class.id = class_id
         left join known_organisation as organisation on organisation.id = class.organisation_id
       where enrolment.id = $1`,
      [enrolmentId],
    );
    const { id: classId, subject, startsOn, endsOn, completedOn } = of;
    const standardHours = await this.settings.standardHours(tx, subject);
    return {
      personId,
      facts: {
        kind: '学时证明',
        notACertificate: true,
        ...{ classId, enrolmentId, subject, startsOn, endsOn, completedOn, issuedAt, standardHours },
        className: named?.name,
        institution: named?.organisation,
        enrolmentState: named?.state,
        hours: { total: totalOf(attended), ...parts },
      },
    };
  }

  private store(tx: EntityManager, of: TrainingClass, proof: Proof) {
    return sql(
      tx,
      `insert into hours_proof (id, number, enrolment_id, class_id, person_id, organisation_id, city_code, facts, sha256, issued_by,
         issued_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[proof.proofId, proof.number, proof.enrolmentId, of.id, proof.personId, of.organisationId, of.cityCode],
        ...[JSON.stringify(proof.facts), proof.sha256, writer().accountId, this.clock.now()],
      ],
    );
  }
}
