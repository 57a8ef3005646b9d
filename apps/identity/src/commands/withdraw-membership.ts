import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Int, Prose, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Missing, refuseIf } from '@shuzheng/platform';
import { leave, leavingFacts } from '../data/leaving.js';
import { reasonsNotToWithdraw } from '../domain/withdrawing.js';
import { mustManage } from '../managing.js';

export class MembershipWithdrawal {
  @Uuid() readonly accountId!: string;
  @Uuid() readonly organisationId!: string;
  @Instant() readonly withdrawnAt!: string;
  @Int(0, 100_000) readonly sessionsEnded!: number;
}

export class MembershipToWithdraw {
  @Uuid() readonly organisationId!: string;
  @Prose(1, 500) readonly reason!: string;
}

/** End what an account may do for an organisation, at once. */
export class WithdrawMembership extends Command<MembershipWithdrawal> {
  constructor(
    readonly accountId: string,
    readonly membership: MembershipToWithdraw,
  ) {
    super();
  }
}

@CommandHandler(WithdrawMembership)
export class WithdrawMembershipHandler implements ICommandHandler<WithdrawMembership> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, membership: { organisationId, reason } }: WithdrawMembership) {
    mustManage(organisationId);
    return this.db.transaction(async (tx) => {
      const facts = await leavingFacts(tx, organisationId, accountId);
      if (facts.leaving.length === 0) throw new Missing();
      refuseIf(reasonsNotToWithdraw(facts));

      const ended = await leave(tx, accountId, organisationId, reason);
      await this.audit.note({ subject: `account:${accountId}`, detail: { organisationId } });
      return { accountId, organisationId, ...ended };
    });
  }
}
