import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClassOpened, Day, Prose, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, row, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Covers } from '../data/covers.js';
import { type FiledPlan, filedPlan } from '../data/filings.js';
import { remember } from '../data/moments.js';
import { lockTrainingPlan } from '../data/training-plans.js';
import { reasonsNotToOpen } from '../domain/opening-classes.js';
import { faultsOfStanding } from '../domain/plan-states.js';

export class ClassReceipt {
  @Uuid() readonly classId!: string;
}

/** Open a class under a plan on file. The directory is asked about its first day; what began inside may finish. */
export class OpenClass extends Command<ClassReceipt> {
  @Uuid() readonly planId!: string;
  @Prose(2, 100) readonly name!: string;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
}

@CommandHandler(OpenClass)
export class OpenClassHandler implements ICommandHandler<OpenClass> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly covers: Covers,
  ) {}

  execute(command: OpenClass) {
    const { planId, name, startsOn, endsOn } = command;
    return this.db.transaction(async (tx) => {
      const { organisationId, subject: drafted, state } = await lockTrainingPlan(tx, planId);
      const filed = await filedPlan(tx, planId);
      const subject = filed?.content.subject ?? drafted;
      const announced = await row(tx, `select 1 from announcement where plan_id = $1 and state = 'published' limit 1`, [
        planId,
      ]);
      const facts = { startsOn, endsOn, plan: filed?.content ?? null, announced: announced !== undefined };
      const cover = await this.covers.on(tx, { organisationId, role: 'training' }, subject, [startsOn]);
      refuseIf([...faultsOfStanding(state), ...reasonsNotToOpen(facts), ...cover.faults]);

      const classId = randomUUID();
      const cityCode = filed?.cityCode ?? '';
      await this.store(tx, command, { classId, organisationId, filed, entryId: cover.entryIds[0] });
      announce(tx, ClassOpened, { classId, planId, organisationId, cityCode, subject, name, startsOn, endsOn });
      await remember(tx, { id: classId, organisationId, cityCode }, 'opened', this.clock.now(), { startsOn, endsOn });
      await this.audit.note({ subject: `class:${classId}`, detail: { planId } });
      return { classId };
    });
  }

  private store(
    tx: EntityManager,
    { planId, name, startsOn, endsOn }: OpenClass,
    known: { classId: string; organisationId: string; filed: FiledPlan | undefined; entryId: string | undefined },
  ) {
    const { classId, organisationId, filed, entryId } = known;
    const subject = filed?.content.subject;
    return sql(
      tx,
      `insert into training_class (id, plan_id, filing_id, organisation_id, city_code, occupation_code, edition, level, direction,
         name, starts_on, ends_on, state, entry_id, opened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'announced', $13, $14)`,
      [
        classId,
        planId,
        filed?.filingId,
        organisationId,
        filed?.cityCode,
        subject?.occupationCode,
        subject?.edition,
        subject?.level,
        subject?.direction,
        name,
        startsOn,
        endsOn,
        entryId,
        this.clock.now(),
      ],
    );
  }
}
