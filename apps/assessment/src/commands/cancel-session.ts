import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Int, Prose, SessionCancelled, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { lockOwnSession, moveSession } from '../data/sessions.js';
import { reasonsNotToCancel } from '../domain/cancelling.js';
import { applicationMoves, before } from '../domain/states.js';

export class CancelReceipt {
  @Uuid() readonly sessionId!: string;
  @Instant() readonly cancelledAt!: string;
  @Int(0, 5000, { description: '随批次一并撤回的申报' }) readonly applications!: number;
}

export class CancelReason {
  @Prose(2, 500) readonly reason!: string;
}

/** A session does not take place: its applications end with it, and their applicants are free for another one. */
export class CancelSession extends Command<CancelReceipt> {
  constructor(
    readonly sessionId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(CancelSession)
export class CancelSessionHandler implements ICommandHandler<CancelSession> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId, reason }: CancelSession) {
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      refuseIf(reasonsNotToCancel(session));

      const cancelledAt = this.clock.instant();
      const { rowCount } = await sql(tx, endAll, [sessionId, cancelledAt, before(applicationMoves, 'withdrawn')]);
      await sql(
        tx,
        'update session set cancel_reason = $2, cancelled_at = $3, taken = 0, version = version + 1 where id = $1',
        [sessionId, reason, cancelledAt],
      );
      await moveSession(tx, session, 'cancelled');
      const { organisationId, state } = session;
      const cancelledOn = this.clock.today();
      if (state === 'open') announce(tx, SessionCancelled, { sessionId, organisationId, cancelledOn });
      const applications = rowCount ?? 0;
      await this.audit.note({ subject: `session:${sessionId}`, detail: { applications } });
      return { sessionId, cancelledAt, applications };
    });
  }
}

const endAll = `
  update application set state = 'withdrawn', end_reason = 'session-cancelled', withdrawn_at = $2
  where session_id = $1 and state = any($3::text[])`;
