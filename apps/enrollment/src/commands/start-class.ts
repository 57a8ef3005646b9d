import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClassStarted, Instant, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, row, sql } from '@shuzheng/platform';
import { bring, lockClass } from '../data/classes.js';
import { remember } from '../data/moments.js';
import { reasonsNotToStart } from '../domain/opening-classes.js';

export class StartedClass {
  @Uuid() readonly classId!: string;
  @Instant() readonly startedAt!: string;
}

/** 开班. The directory was asked about this day when the class was opened, and is not asked again. */
export class StartClass extends Command<StartedClass> {
  constructor(readonly classId: string) {
    super();
  }
}

@CommandHandler(StartClass)
export class StartClassHandler implements ICommandHandler<StartClass> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ classId }: StartClass) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      const seats = await row<{ enrolled: number }>(
        tx,
        `select count(*)::int as enrolled from enrolment where class_id = $1 and state = 'enrolled'`,
        [classId],
      );
      const enrolled = seats?.enrolled ?? 0;
      refuseIf(reasonsNotToStart({ ...of, enrolled, today: this.clock.today() }));

      const now = this.clock.now();
      await sql(tx, 'update training_class set started_at = $2 where id = $1', [classId, now]);
      await bring(tx, of, 'start');
      const { organisationId } = of;
      announce(tx, ClassStarted, { classId, organisationId, startedOn: this.clock.today() });
      await remember(tx, of, 'started', now, { enrolled });
      await this.audit.note({ subject: `class:${classId}`, detail: { enrolled } });
      return { classId, startedAt: this.clock.instant() };
    });
  }
}
