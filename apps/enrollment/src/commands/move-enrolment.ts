import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Decimal, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, refuseIf, row } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { liveEnrolments, lockClasses, type TrainingClass } from '../data/classes.js';
import { Enroller } from '../data/enroller.js';
import { hoursOf } from '../data/hours.js';
import { Leaving } from '../data/leaving.js';
import { remember } from '../data/moments.js';
import { OfficeSettings } from '../data/office-settings.js';
import { seatedElsewhere } from '../data/seats.js';
import { SeatReader } from '../data/seat-reader.js';
import { writer } from '../data/who.js';
import { reasonsNotToMove } from '../domain/leaving.js';

export class MoveInput {
  @Uuid({ description: '转入的培训班' }) readonly classId!: string;
  @Prose(2, 200, { optional: true, description: '转入已开班的培训班时，说明补录原因' }) readonly lateReason?: string;
}

export class MovedReceipt {
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly movedFrom!: string;
  @Decimal(0, 100000, { description: '随学员带入的学时；未设定带入时为 0' }) readonly hoursCarried!: number;
}

/** 转班: out of one class and into another of the same institution, in one act. */
export class MoveEnrolment extends Command<MovedReceipt> {
  constructor(
    readonly enrolmentId: string,
    readonly input: MoveInput,
  ) {
    super();
  }
}

@CommandHandler(MoveEnrolment)
export class MoveEnrolmentHandler implements ICommandHandler<MoveEnrolment> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly leaving: Leaving,
    private readonly enroller: Enroller,
    private readonly seats: SeatReader,
    private readonly settings: OfficeSettings,
  ) {}

  execute({ enrolmentId, input: { classId, lateReason } }: MoveEnrolment) {
    return this.db.transaction(async (tx) => {
      const { from, into } = await bothClasses(tx, enrolmentId, classId);
      const { allKnown: live } = await liveEnrolments(tx, from.id, [enrolmentId]);
      const moving = { live, sameClass: from.id === into.id, sameSubject: same(from, into), from: from.state };
      refuseIf(reasonsNotToMove(moving));
      const hoursCarried = await this.hoursToCarry(tx, enrolmentId);
      const left = await this.leaving.withdraw(tx, from, [{ enrolmentId, reason: 'moved', text: null }]);
      const { faults, late } = await this.enroller.judge(tx, into, lateReason);
      // People before seats, as whoever enrolls takes them: else the two could wait for each other.
      const people = left.map(({ personId }) => personId);
      const seated = await alreadySeated(tx, into, people);
      refuseIf([...faults, ...(await this.enroller.full(tx, into, 1)), ...seated]);

      const seat = { ...(await this.seats.read(tx, enrolmentId)), enrolmentId: randomUUID() };
      await this.enroller.seat(tx, into, [{ ...seat, movedFrom: enrolmentId, hoursCarried }], { late });
      await remember(tx, from, 'moved-out', this.clock.now(), { to: into.id });
      await remember(tx, into, 'moved-in', this.clock.now(), { from: from.id, hoursCarried });
      const detail = { movedFrom: enrolmentId, enrolmentId: seat.enrolmentId, hoursCarried };
      await this.audit.note({ subject: `class:${into.id}`, detail });
      return detail;
    });
  }

  /** The hours go along where the office has said so; else they stay with the class in which they were attended. */
  private async hoursToCarry(tx: EntityManager, enrolmentId: string): Promise<number> {
    const { value } = await this.settings.find(tx, 'moved-hours');
    if (value?.carried !== true) return 0;
    const attended = await row<{ hours: number }>(
      tx,
      `select ${hoursOf('enrolment')} as hours from enrolment where id = $1`,
      [enrolmentId],
    );
    return attended?.hours ?? 0;
  }
}

async function bothClasses(tx: EntityManager, enrolmentId: string, classId: string) {
  const seat = await row<{ classId: string }>(
    tx,
    'select class_id as "classId" from enrolment where id = $1 and organisation_id = $2',
    [enrolmentId, writer().organisationId],
  );
  if (!seat) throw new Missing();
  const classes = await lockClasses(tx, [seat.classId, classId]);
  const [from, into] = [seat.classId, classId].map((id) => classes.find((one) => one.id === id));
  if (!from || !into) throw new Missing();
  return { from, into };
}

async function alreadySeated(tx: EntityManager, into: TrainingClass, personIds: readonly string[]) {
  const { here, elsewhere } = await seatedElsewhere(tx, into, personIds);
  return [...(here.size > 0 ? ['already-enrolled'] : []), ...(elsewhere.size > 0 ? ['overlapping-class'] : [])];
}

const same = ({ subject: one }: TrainingClass, { subject: other }: TrainingClass) =>
  one.occupationCode === other.occupationCode &&
  one.edition === other.edition &&
  one.level === other.level &&
  one.direction === other.direction;
