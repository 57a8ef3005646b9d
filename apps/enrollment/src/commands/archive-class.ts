import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { lockClass } from '../data/classes.js';
import { remember } from '../data/moments.js';
import { faultsOfMove, moved } from '../domain/class-states.js';

export class ArchivedClass {
  @Uuid() readonly classId!: string;
  @Instant() readonly archivedAt!: string;
}

/** 归档: nothing of the class is changed any more. After the office's retention days it happens by itself. */
export class ArchiveClass extends Command<ArchivedClass> {
  constructor(readonly classId: string) {
    super();
  }
}

@CommandHandler(ArchiveClass)
export class ArchiveClassHandler implements ICommandHandler<ArchiveClass> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ classId }: ArchiveClass) {
    return this.db.transaction(async (tx) => {
      const of = await lockClass(tx, classId);
      refuseIf(faultsOfMove(of.state, 'archive'));

      const now = this.clock.now();
      await sql(tx, 'update training_class set state = $2, archived_at = $3 where id = $1', [
        classId,
        moved(of.state, 'archive'),
        now,
      ]);
      await remember(tx, of, 'archived', now);
      await this.audit.note({ subject: `class:${classId}`, detail: { archived: true } });
      return { classId, archivedAt: this.clock.instant() };
    });
  }
}
