import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClassRescheduled, Day, Int, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Refused, requireVersion, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { lockClass, type TrainingClass } from '../data/classes.js';
import { Covers } from '../data/covers.js';
import { filedPlan } from '../data/filings.js';
import { remember } from '../data/moments.js';
import { OfficeSettings } from '../data/office-settings.js';
import { seatedElsewhere } from '../data/seats.js';
import { reasonsNotToReschedule } from '../domain/opening-classes.js';
import { faultsOfStanding } from '../domain/plan-states.js';
import { rowReasons } from '../domain/row-reasons.js';

export class DatesInput {
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
}

export class RescheduledClass {
  @Uuid() readonly classId!: string;
  @Int(2, 100000) readonly version!: number;
}

/** Give a class other dates before it starts. Its new first day must be covered as the old one was. */
export class RescheduleClass extends Command<RescheduledClass> {
  constructor(
    readonly classId: string,
    readonly dates: DatesInput,
  ) {
    super();
  }
}

@CommandHandler(RescheduleClass)
export class RescheduleClassHandler implements ICommandHandler<RescheduleClass> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly covers: Covers,
    private readonly settings: OfficeSettings,
  ) {}

  execute({ classId, dates: { startsOn, endsOn } }: RescheduleClass) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      requireVersion(of.version);
      const { organisationId, subject, version } = of;
      const cover = await this.covers.on(tx, { organisationId, role: 'training' }, subject, [startsOn]);
      await this.refuseUnless(tx, { ...of, startsOn, endsOn }, of, cover.faults);

      await sql(
        tx,
        `update training_class set starts_on = $2, ends_on = $3, entry_id = $4, version = version + 1 where id = $1`,
        [classId, startsOn, endsOn, cover.entryIds[0]],
      );
      announce(tx, ClassRescheduled, { classId, organisationId, startsOn, endsOn });
      const detail = { from: [of.startsOn, of.endsOn], to: [startsOn, endsOn] };
      await remember(tx, of, 'rescheduled', this.clock.now(), detail);
      await this.audit.note({ subject: `class:${classId}`, detail });
      return { classId, version: version + 1 };
    });
  }

  private async refuseUnless(tx: EntityManager, wanted: TrainingClass, current: TrainingClass, cover: string[]) {
    const overlapping = await overlappingSeats(tx, wanted);
    const plan = (await filedPlan(tx, wanted.planId))?.content ?? null;
    const notice = await this.settings.find(tx, 'reschedule-notice');
    const faults = reasonsNotToReschedule({
      ...wanted,
      plan,
      announced: true,
      current,
      today: this.clock.today(),
      noticeDays: notice.value?.days ?? null,
      overlapping: overlapping.length,
    });
    const planState = await row<{ state: string }>(tx, 'select state from training_plan where id = $1', [
      wanted.planId,
    ]);
    const reasons = [...faultsOfStanding(planState?.state ?? ''), ...faults, ...cover];
    if (reasons.length > 0) throw new Refused(reasons, overlapping);
  }
}

/** Who of the class sits in another one on the wanted days: by place and reference, and nothing of the other class. */
async function overlappingSeats(tx: EntityManager, wanted: TrainingClass) {
  const seats = await rows<{ personId: string; place: number; reference: string | null }>(
    tx,
    `select person_id as "personId", place, reference from enrolment where class_id = $1 and state = 'enrolled' order by place`,
    [wanted.id],
  );
  if (wanted.endsOn < wanted.startsOn) return [];
  const people = seats.map(({ personId }) => personId);
  const { elsewhere } = await seatedElsewhere(tx, wanted, people);
  return seats
    .filter((_, i) => elsewhere.has(i))
    .map(({ place, reference }) => ({
      row: place,
      ...(reference === null ? {} : { reference }),
      rule: 'overlapping-class',
      advice: rowReasons['overlapping-class'].advice,
    }));
}
