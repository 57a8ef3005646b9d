import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Prose, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';

export class LiftReceipt {
  @Uuid() readonly dishonestyId!: string;
  @Day() readonly liftedOn!: string;
}

export class LiftReason {
  @Prose(2, 500, { description: '解除的依据' }) readonly reason!: string;
}

/** 信用修复, or an entry that was wrong: it bars nobody from today on and stays readable. */
export class LiftDishonesty extends Command<LiftReceipt> {
  constructor(
    readonly dishonestyId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(LiftDishonesty)
export class LiftDishonestyHandler implements ICommandHandler<LiftDishonesty> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ dishonestyId, reason }: LiftDishonesty) {
    return this.db.transaction(async (tx) => {
      const entry = await row<{ liftedOn: string | null }>(
        tx,
        'select lifted_on as "liftedOn" from dishonesty where id = $1 for no key update',
        [dishonestyId],
      );
      if (!entry) throw new Missing();
      refuseIf(entry.liftedOn === null ? [] : ['already-lifted']);

      const liftedOn = this.clock.today();
      await sql(tx, 'update dishonesty set lifted_on = $2, lift_reason = $3, lifted_by = $4 where id = $1', [
        ...[dishonestyId, liftedOn, reason, actor().accountId],
      ]);
      await this.audit.note({ subject: `dishonesty:${dishonestyId}`, detail: { liftedOn } });
      return { dishonestyId, liftedOn };
    });
  }
}
