import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import { lockSession } from '../data/sessions.js';
import type { ApplicationState } from '../domain/states.js';
import { reasonsNotToWithdraw } from '../domain/withdrawing.js';

export class WithdrawalReceipt {
  @Uuid() readonly applicationId!: string;
  @Instant() readonly withdrawnAt!: string;
}

/** Take one's own application and commitment back while applications are still taken. */
export class WithdrawApplication extends Command<WithdrawalReceipt> {
  constructor(readonly applicationId: string) {
    super();
  }
}

@CommandHandler(WithdrawApplication)
export class WithdrawApplicationHandler implements ICommandHandler<WithdrawApplication> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ applicationId }: WithdrawApplication) {
    return this.db.transaction(async (tx) => {
      const own = [applicationId, actor().personId];
      const found = await row<{ sessionId: string }>(
        tx,
        'select session_id as "sessionId" from application where id = $1 and person_id = $2',
        own,
      );
      if (!found) throw new Missing();
      const session = await lockSession(tx, found.sessionId);
      const application = await row<{ state: ApplicationState }>(tx, 'select state from application where id = $1', [
        applicationId,
      ]);
      refuseIf(reasonsNotToWithdraw({ session, state: application?.state ?? 'withdrawn', today: this.clock.today() }));

      const withdrawnAt = this.clock.instant();
      await sql(
        tx,
        `update application set state = 'withdrawn', end_reason = 'own-wish', withdrawn_at = $2 where id = $1`,
        [applicationId, withdrawnAt],
      );
      await sql(tx, 'update session set taken = taken - 1 where id = $1', [found.sessionId]);
      await this.audit.note({ subject: `application:${applicationId}`, detail: { sessionId: found.sessionId } });
      return { applicationId, withdrawnAt };
    });
  }
}
