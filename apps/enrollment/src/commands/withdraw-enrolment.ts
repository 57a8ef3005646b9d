import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import { lockClass } from '../data/classes.js';
import { writer } from '../data/who.js';

export class WithdrawnReceipt {
  @Uuid() readonly enrolmentId!: string;
}

export class WithdrawalReason {
  @Text(2, 200) readonly reason!: string;
}

/** 退班. The row stays, with its reason. */
export class WithdrawEnrolment extends Command<WithdrawnReceipt> {
  constructor(
    readonly enrolmentId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawEnrolment)
export class WithdrawEnrolmentHandler implements ICommandHandler<WithdrawEnrolment> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ enrolmentId, reason }: WithdrawEnrolment) {
    return this.db.transaction(async (tx) => {
      const enrolment = await row<{ classId: string }>(
        tx,
        'select class_id as "classId" from enrolment where id = $1 and organisation_id = $2',
        [enrolmentId, writer().organisationId],
      );
      if (!enrolment) throw new Missing();
      await lockClass(tx, enrolment.classId);
      const { rowCount } = await sql(
        tx,
        `update enrolment set state = 'withdrawn', withdrawn_at = $2, withdrawn_reason = $3
         where id = $1 and state = 'enrolled'`,
        [enrolmentId, this.clock.now(), reason],
      );
      refuseIf(rowCount === 0 ? ['enrolment-not-live'] : []);
      await this.audit.note({ subject: `class:${enrolment.classId}`, detail: { withdrawn: enrolmentId } });
      return { enrolmentId };
    });
  }
}
