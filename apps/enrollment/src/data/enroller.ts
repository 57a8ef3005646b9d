import { Injectable } from '@nestjs/common';
import { LearnersEnrolled } from '@shuzheng/contracts';
import { announce, Clock, Personal, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { checkRows, type LearnerFault } from '../domain/checking-rows.js';
import { isLate, reasonsNotToEnter, reasonsNotToSeat } from '../domain/entering.js';
import { AgeRules } from './age-rules.js';
import { ActivationCodes } from './activation-codes.js';
import { bring, lockClass, type TrainingClass } from './classes.js';
import { remember } from './moments.js';
import { OfficeSettings } from './office-settings.js';
import { type Met, People } from './people.js';
import { type Incoming, refuseRows, type RowWarning } from './row-faults.js';
import { countSeats, seatedElsewhere } from './seats.js';

/** Somebody on a seat, as the registry stores and announces it. */
export interface Seat extends Omit<Met, 'index' | 'sameName'> {
  readonly enrolmentId: string;
  readonly movedFrom?: string;
  readonly hoursCarried?: number;
}

/** What an entry after the first day is judged by; null before it. */
export interface Late {
  readonly reason: string;
  readonly basis: 'rule' | 'unverified';
  readonly ruleId: string | null;
}

export interface Entry {
  readonly rosterId?: string;
  readonly lateReason?: string | undefined;
}

/** Who was taken, and what is to be looked at again. */
export interface Entered {
  readonly seats: Seat[];
  readonly warnings: RowWarning[];
}

/** Takes learners into a class: all of them, or none and every fault told. Workbook and interface meet here. */
@Injectable()
export class Enroller {
  constructor(
    private readonly people: People,
    private readonly personal: Personal,
    private readonly codes: ActivationCodes,
    private readonly settings: OfficeSettings,
    private readonly ages: AgeRules,
    private readonly clock: Clock,
  ) {}

  async enroll(tx: EntityManager, classId: string, incoming: Incoming, entry: Entry): Promise<Entered> {
    const into = await lockClass(tx, classId);
    const { faults: closed, late } = await this.judge(tx, into, entry.lateReason);
    refuseIf(closed);

    const { learners, faults, warnings } = checkRows(incoming.rows, this.clock.today());
    const met = await this.people.meet(tx, learners);
    const young = await this.ages.faultsOf(tx, into, learners);
    const known = await faultsOf(tx, into, met);
    const again = known.filter(({ rule }) => rule === 'already-enrolled').length;
    const full = await this.full(tx, into, incoming.rows.length - again);
    refuseRows(incoming, [...faults, ...young, ...known], full);

    const seats = met.map((learner) => ({ ...learner, enrolmentId: randomUUID() }));
    await this.seat(tx, into, seats, { ...entry, late });
    const kind = late ? 'enrolled-late' : 'enrolled';
    await remember(tx, into, kind, this.clock.now(), { learners: seats.length });
    return { seats, warnings: warnings.map(incoming.tell) };
  }

  /** May anybody enter this class now? */
  async judge(tx: EntityManager, into: TrainingClass, lateReason: string | undefined) {
    const { value: rule, ruleId } = await this.settings.find(tx, 'late-entry');
    const facts = { ...into, today: this.clock.today(), lateReason, rule };
    const basis = rule === null ? 'unverified' : 'rule';
    const late: Late | null = isLate(into.state) ? { reason: lateReason ?? '', basis, ruleId } : null;
    return { faults: reasonsNotToEnter(facts), late };
  }

  /** Is there room for so many more? */
  async full(tx: EntityManager, into: TrainingClass, incoming: number) {
    return reasonsNotToSeat({ ...(await countSeats(tx, into)), incoming });
  }

  /** Gives the seats, and tells everybody. */
  async seat(
    tx: EntityManager,
    into: TrainingClass,
    seats: readonly Seat[],
    { rosterId, late }: { readonly rosterId?: string; readonly late: Late | null },
  ) {
    await this.store(tx, into, seats, rosterId ?? null, late);
    const people = seats.map(({ personId }) => personId);
    await this.people.proposeMerges(tx, people);
    await bring(tx, into, late ? 'enroll-late' : 'enroll');
    announce(tx, LearnersEnrolled, {
      classId: into.id,
      organisationId: into.organisationId,
      learners: seats.map((seat) => this.told(seat)),
    });
  }

  private store(
    tx: EntityManager,
    into: TrainingClass,
    seats: readonly Seat[],
    rosterId: string | null,
    late: Late | null,
  ) {
    return sql(tx, insertSeats, [
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
      seats.map(({ movedFrom }) => movedFrom ?? null),
      seats.map(({ hoursCarried }) => hoursCarried ?? 0),
      late ? this.clock.today() : null,
      late?.reason ?? null,
      late?.basis ?? null,
      late?.ruleId ?? null,
      seats.map(({ phone }) => this.personal.phoneIndex(phone)),
    ]);
  }

  private told(seat: Seat) {
    const { enrolmentId, personId, name, documentKind, documentNumber, numberIndex, nameIndex, phone } = seat;
    const indexes = { numberIndex, nameIndex, phoneIndex: this.personal.phoneIndex(phone) };
    const activationDigest = this.codes.digestOf(enrolmentId);
    return { enrolmentId, personId, name, documentKind, documentNumber, ...indexes, activationDigest };
  }
}

/** What only the registry knows about these people. It says which row, and nothing of what is stored elsewhere. */
async function faultsOf(tx: EntityManager, into: TrainingClass, met: readonly Met[]): Promise<LearnerFault[]> {
  const { here, elsewhere } = await seatedElsewhere(
    tx,
    into,
    met.map(({ personId }) => personId),
  );
  return met.flatMap(({ index, personId, sameName }, i): LearnerFault[] => [
    ...(sameName ? [] : [{ index, field: 'name', rule: 'name-differs' } as const]),
    ...(here.has(personId) ? [{ index, field: 'documentNumber', rule: 'already-enrolled' } as const] : []),
    ...(elsewhere.has(i) ? [{ index, field: 'documentNumber', rule: 'overlapping-class' } as const] : []),
  ]);
}

const insertSeats = `
  insert into enrolment (id, class_id, person_id, organisation_id, city_code, roster_id, place, reference, phone_sealed,
    education, employer, category, state, enrolled_at, moved_from, hours_carried, late_on, late_reason, late_basis, late_rule_id, phone_index)
  select seat.id, $1, seat.person, $2, $3, $4,
    (select coalesce(max(place), 0) from enrolment where class_id = $1) + seat.nth,
    seat.reference, seat.phone, seat.education, seat.employer, seat.category, 'enrolled', $5, seat.moved_from, seat.carried,
    $15, $16, $17, $18, seat.phone_index
  from unnest($6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::uuid[], $14::numeric[], $19::text[])
    with ordinality as seat (id, person, reference, phone, education, employer, category, moved_from, carried, phone_index, nth)`;
