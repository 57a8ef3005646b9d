import { Injectable } from '@nestjs/common';
import { LearnersEnrolled } from '@shuzheng/contracts';
import { announce, Clock, Personal, refuseIf, row, rows, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { checkRows, type LearnerFault } from '../domain/checking-rows.js';
import { isEnrolling } from '../domain/opening-classes.js';
import { ActivationCodes } from './activation-codes.js';
import { lockClass, type TrainingClass } from './classes.js';
import { type Met, People } from './people.js';
import { type Incoming, refuseRows } from './row-faults.js';

const MOST_LEARNERS = 500;

export interface Seat extends Met {
  readonly enrolmentId: string;
}

/** Takes learners into a class: all of them, or none and every fault told. Workbook and interface meet here. */
@Injectable()
export class Enroller {
  constructor(
    private readonly people: People,
    private readonly personal: Personal,
    private readonly codes: ActivationCodes,
    private readonly clock: Clock,
  ) {}

  async enroll(tx: EntityManager, classId: string, incoming: Incoming, rosterId: string | null): Promise<Seat[]> {
    const into = await lockClass(tx, classId);
    const held = await row<{ seats: number }>(tx, 'select count(*)::int as seats from enrolment where class_id = $1', [
      classId,
    ]);
    refuseIf([
      ...(isEnrolling(into.state) ? [] : ['class-not-enrolling']),
      ...((held?.seats ?? 0) + incoming.rows.length > MOST_LEARNERS ? ['class-full'] : []),
    ]);

    const { learners, faults } = checkRows(incoming.rows, this.clock.today());
    const met = await this.people.meet(tx, learners);
    refuseRows(incoming, [...faults, ...(await this.faultsOf(tx, into, met))]);

    const seats = met.map((learner) => ({ ...learner, enrolmentId: randomUUID() }));
    await this.store(tx, into, seats, rosterId);
    await sql(tx, `update training_class set state = 'enrolling' where id = $1 and state = 'announced'`, [classId]);
    announce(tx, LearnersEnrolled, {
      classId,
      organisationId: into.organisationId,
      learners: seats.map((seat) => this.told(seat)),
    });
    return seats;
  }

  /** What only the registry knows about these people. It says which row, and nothing of what is stored elsewhere. */
  private async faultsOf(tx: EntityManager, into: TrainingClass, met: readonly Met[]): Promise<LearnerFault[]> {
    const ids = met.map(({ personId }) => personId);
    const here = await rows<{ person: string }>(
      tx,
      `select person_id as person from enrolment where class_id = $1 and state <> 'withdrawn' and person_id = any($2::uuid[])`,
      [into.id, ids],
    );
    const overlaps = await rows<{ place: number }>(tx, 'select place from overlapping_rows($1::uuid[], $2, $3, $4)', [
      ids,
      into.id,
      into.startsOn,
      into.endsOn,
    ]);
    const enrolled = new Set(here.map(({ person }) => person));
    const elsewhere = new Set(overlaps.map(({ place }) => place - 1));
    return met.flatMap(({ index, personId, sameName }, i): LearnerFault[] => [
      ...(sameName ? [] : [{ index, field: 'name', rule: 'name-differs' } as const]),
      ...(enrolled.has(personId) ? [{ index, field: 'documentNumber', rule: 'already-enrolled' } as const] : []),
      ...(elsewhere.has(i) ? [{ index, field: 'documentNumber', rule: 'overlapping-class' } as const] : []),
    ]);
  }

  private store(tx: EntityManager, into: TrainingClass, seats: readonly Seat[], rosterId: string | null) {
    return sql(
      tx,
      `insert into enrolment (id, class_id, person_id, organisation_id, city_code, roster_id, place, reference, phone_sealed,
         education, employer, category, state, enrolled_at)
       select seat.id, $1, seat.person, $2, $3, $4,
         (select coalesce(max(place), 0) from enrolment where class_id = $1) + seat.nth,
         seat.reference, seat.phone, seat.education, seat.employer, seat.category, 'enrolled', $5
       from unnest($6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
         with ordinality as seat (id, person, reference, phone, education, employer, category, nth)`,
      [
        into.id,
        into.organisationId,
        into.cityCode,
        rosterId,
        this.clock.now(),
        seats.map(({ enrolmentId }) => enrolmentId),
        seats.map(({ personId }) => personId),
        seats.map(({ reference }) => reference),
        seats.map(({ enrolmentId, phone }) => this.personal.seal('enrolment', 'phone', enrolmentId, phone)),
        seats.map(({ education }) => education),
        seats.map(({ employer }) => employer),
        seats.map(({ category }) => category),
      ],
    );
  }

  private told({ enrolmentId, personId, name, documentKind, documentNumber, numberIndex, nameIndex }: Seat) {
    const activationDigest = this.codes.digestOf(enrolmentId);
    return { enrolmentId, personId, name, documentKind, documentNumber, numberIndex, nameIndex, activationDigest };
  }
}
