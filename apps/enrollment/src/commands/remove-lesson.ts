import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import { Attendances } from '../data/attendances.js';
import { lockClassOf } from '../data/classes.js';
import { lessonOf } from '../data/lessons.js';
import { remember } from '../data/moments.js';
import { writer } from '../data/who.js';
import { faultsOfMove } from '../domain/class-states.js';

export class RemovalReason {
  @Prose(2, 200) readonly reason!: string;
}

export class RemovedLesson {
  @Uuid() readonly lessonId!: string;
}

/** Take a lesson out that was never held. Its row stays with the reason; its attendance counts no longer. */
export class RemoveLesson extends Command<RemovedLesson> {
  constructor(
    readonly lessonId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(RemoveLesson)
export class RemoveLessonHandler implements ICommandHandler<RemoveLesson> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attendances: Attendances,
  ) {}

  execute({ lessonId, reason }: RemoveLesson) {
    return this.db.transaction(async (tx) => {
      const of = await lockClassOf(tx, 'lesson', lessonId);
      const { version, removed } = await lessonOf(tx, of.id, lessonId);
      requireVersion(version);
      refuseIf([...(removed ? ['lesson-removed'] : []), ...faultsOfMove(of.state, 'teach')]);

      const now = this.clock.now();
      await sql(
        tx,
        'update lesson set removed_at = $2, removed_by = $3, removed_reason = $4, version = version + 1 where id = $1',
        [lessonId, now, writer().accountId, reason],
      );
      await this.attendances.tell(tx, of, [lessonId]);
      await remember(tx, of, 'lesson-removed', now, { lessonId });
      await this.audit.note({ subject: `class:${of.id}`, detail: { removed: lessonId } });
      return { lessonId };
    });
  }
}
