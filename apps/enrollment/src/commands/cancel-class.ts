import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClassCancelled, Int, OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, rows, sql } from '@shuzheng/platform';
import { lockClass } from '../data/classes.js';
import { Leaving } from '../data/leaving.js';
import { remember } from '../data/moments.js';
import { moved } from '../domain/class-states.js';
import { cancellationReasons, reasonsNotToCancel } from '../domain/leaving.js';

export class CancellationInput {
  @OneOf(cancellationReasons) readonly reason!: string;
  @Prose(2, 500, { optional: true, description: '具体情况；原因为 other 时必填' }) readonly text?: string;
}

export class CancelledClass {
  @Uuid() readonly classId!: string;
  @Int(0, 500, { description: '随之退班的人数' }) readonly withdrawn!: number;
}

/** A class does not take place, or does not go on. Everybody in it leaves it. */
export class CancelClass extends Command<CancelledClass> {
  constructor(
    readonly classId: string,
    readonly why: CancellationInput,
  ) {
    super();
  }
}

@CommandHandler(CancelClass)
export class CancelClassHandler implements ICommandHandler<CancelClass> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly leaving: Leaving,
  ) {}

  execute({ classId, why: { reason, text } }: CancelClass) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      refuseIf(reasonsNotToCancel(of.state, reason, text));

      const seats = await rows<{ enrolmentId: string }>(
        tx,
        `select id as "enrolmentId" from enrolment where class_id = $1 and state = 'enrolled' order by place`,
        [classId],
      );
      const leavers = seats.map((seat) => ({ ...seat, reason: 'class-cancelled', text: null }));
      const { length: withdrawn } = await this.leaving.withdraw(tx, of, leavers);
      const cancelledOn = this.clock.today();
      await sql(
        tx,
        `update training_class set state = $2, cancelled_on = $3, cancelled_reason = $4, cancelled_text = $5 where id = $1`,
        [classId, moved(of.state, 'cancel'), cancelledOn, reason, text ?? null],
      );
      announce(tx, ClassCancelled, { classId, organisationId: of.organisationId, cancelledOn });
      await remember(tx, of, 'cancelled', this.clock.now(), { reason, withdrawn });
      await this.audit.note({ subject: `class:${classId}`, detail: { reason, withdrawn } });
      return { classId, withdrawn };
    });
  }
}
