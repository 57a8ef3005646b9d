import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { PersonAmendments } from '../data/person-amendments.js';
import { decider } from '../data/who.js';

export class RefusalReason {
  @Prose(2, 500, { description: '理由，提出单位看到同样的文字' }) readonly reason!: string;
}

export class RefusedAmendment {
  @Uuid() readonly amendmentId!: string;
}

/** Say no to a change of a person, with the reason the institution reads. */
export class RefusePersonAmendment extends Command<RefusedAmendment> {
  constructor(
    readonly amendmentId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(RefusePersonAmendment)
export class RefusePersonAmendmentHandler implements ICommandHandler<RefusePersonAmendment> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly amendments: PersonAmendments,
  ) {}

  execute({ amendmentId, reason }: RefusePersonAmendment) {
    return this.db.transaction(async (tx) => {
      const { state, personId, proposedBy } = await this.amendments.lock(tx, amendmentId);
      const accountId = decider();
      refuseIf([
        ...(state === 'proposed' ? [] : ['amendment-decided']),
        ...(proposedBy === accountId ? ['same-person'] : []),
      ]);
      await sql(
        tx,
        `update person_amendment set state = 'refused', decided_by = $2, decided_at = $3, refused_reason = $4 where id = $1`,
        [amendmentId, accountId, this.clock.now(), reason],
      );
      await this.audit.note({ subject: `person:${personId}`, detail: { amendmentId, decision: 'refused' } });
      return { amendmentId };
    });
  }
}
