import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Flag, Int, List, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf } from '@shuzheng/platform';
import { Attendances } from '../data/attendances.js';
import { lockClassOf } from '../data/classes.js';
import { lessonOf } from '../data/lessons.js';
import { liveSeats, movedIn } from '../data/live-seats.js';
import { remember } from '../data/moments.js';
import { RefusedItem, refusedItem } from '../data/per-item.js';
import { faultsOfMove } from '../domain/class-states.js';

export class AttendanceItem {
  @Text(1, 60, { optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @Uuid() readonly enrolmentId!: string;
  @Flag() readonly present!: boolean;
}

export class AttendanceItems {
  @List(() => AttendanceItem, 1, 500) readonly items!: AttendanceItem[];
}

export class MarkedItem {
  @Text(1, 60, { nullable: true }) readonly reference!: string | null;
  @Uuid() readonly enrolmentId!: string;
}

export class AttendanceMarks {
  @List(() => MarkedItem, 0, 500) readonly recorded!: MarkedItem[];
  @List(() => RefusedItem, 0, 500) readonly refused!: RefusedItem[];
  @Int(0, 500, { description: '其中更正了此前记录的人数' }) readonly corrected!: number;
}

/** Record who was at one lesson, learner by learner: each item is answered for itself. */
export class MarkAttendance extends Command<AttendanceMarks> {
  constructor(
    readonly lessonId: string,
    readonly items: readonly AttendanceItem[],
  ) {
    super();
  }
}

@CommandHandler(MarkAttendance)
export class MarkAttendanceHandler implements ICommandHandler<MarkAttendance> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attendances: Attendances,
  ) {}

  execute({ lessonId, items }: MarkAttendance) {
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'lesson', lessonId);
      const { removed, on } = await lessonOf(tx, of.id, lessonId);
      refuseIf([...(removed ? ['lesson-removed'] : []), ...faultsOfMove(of.state, 'teach')]);

      const movedInOn = await movedIn(tx, of.id);
      const { accepted, refused } = sorted(items, await liveSeats(tx, of.id), (id) => (movedInOn.get(id) ?? on) > on);
      const presences = accepted.map(({ enrolmentId, present }) => ({ lessonId, enrolmentId, present }));
      const { corrected } = await this.attendances.record(tx, of, presences);
      const counts = { recorded: accepted.length, refused: refused.length, corrected };
      await remember(tx, of, 'attendance-recorded', this.clock.now(), { lessonId, ...counts });
      await this.audit.note({ subject: `class:${of.id}`, detail: { lessonId, ...counts } });
      const recorded = accepted.map(({ reference = null, enrolmentId }) => ({ reference, enrolmentId }));
      return { recorded, refused, corrected };
    });
  }
}

function sorted(
  items: readonly AttendanceItem[],
  live: ReadonlyMap<string, string>,
  satElsewhere: (enrolmentId: string) => boolean,
) {
  const accepted = new Map<string, AttendanceItem>();
  const refused: RefusedItem[] = [];
  for (const item of items) {
    if (!live.has(item.enrolmentId)) refused.push(refusedItem(item, ['enrolment-unknown']));
    else if (accepted.has(item.enrolmentId)) refused.push(refusedItem(item, ['enrolment-repeated']));
    else if (satElsewhere(item.enrolmentId)) refused.push(refusedItem(item, ['attended-before-moving-in']));
    else accepted.set(item.enrolmentId, item);
  }
  return { accepted: [...accepted.values()], refused };
}
