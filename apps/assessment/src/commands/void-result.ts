import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Text, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import { lockOwnSession } from '../data/sessions.js';
import { reasonsNotToVoid } from '../domain/releasing.js';

export class VoidReceipt {
  @Uuid() readonly resultId!: string;
  @Instant() readonly voidedAt!: string;
}

export class VoidReason {
  @Text(2, 500) readonly reason!: string;
}

/** 作废: a released result no longer stands. It stays readable, with the reason. */
export class VoidResult extends Command<VoidReceipt> {
  constructor(
    readonly resultId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(VoidResult)
export class VoidResultHandler implements ICommandHandler<VoidResult> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ resultId, reason }: VoidResult) {
    return this.db.transaction(async (tx) => {
      const found = await row<{ sessionId: string }>(
        tx,
        'select session_id as "sessionId" from result where id = $1 and organisation_id = $2',
        [resultId, actor().organisationId],
      );
      if (!found) throw new Missing();
      await lockOwnSession(tx, found.sessionId);
      const facts = await row<{ state: string; reported: boolean }>(tx, stateAndReport, [resultId]);
      refuseIf(reasonsNotToVoid(facts ?? { state: 'void', reported: false }));

      const voidedAt = this.clock.instant();
      await sql(
        tx,
        `update result set state = 'void', void_reason = $2, voided_by = $3, voided_at = $4 where id = $1`,
        [resultId, reason, actor().accountId, voidedAt],
      );
      await this.audit.note({ subject: `result:${resultId}`, detail: { sessionId: found.sessionId } });
      return { resultId, voidedAt };
    });
  }
}

/** Reported and not returned: the department has it, and only the department can send it back. */
const stateAndReport = `
  select r.state, exists (
    select from result_report_row as reported
    left join known_decision as decision using (result_id, part)
    where reported.result_id = r.id and decision.decision is distinct from 'returned'
  ) as reported
  from result as r where r.id = $1`;
