import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Int, Prose, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, Missing, refuseIf, Refused, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { leave, leavingFacts } from '../data/leaving.js';
import { reasonsNotToWithdraw } from '../domain/withdrawing.js';

export class AccountWithdrawal {
  @Uuid() readonly accountId!: string;
  @Instant() readonly withdrawnAt!: string;
  @Int(0, 100_000) readonly sessionsEnded!: number;
}

export class WithdrawalReason {
  @Prose(1, 500) readonly reason!: string;
}

/** Close an account for good, with all its memberships. */
export class WithdrawAccount extends Command<AccountWithdrawal> {
  constructor(
    readonly accountId: string,
    readonly why: WithdrawalReason,
  ) {
    super();
  }
}

@CommandHandler(WithdrawAccount)
export class WithdrawAccountHandler implements ICommandHandler<WithdrawAccount> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, why: { reason } }: WithdrawAccount) {
    return this.db.transaction(async (tx) => {
      const account = await row<{ withdrawn: boolean }>(
        tx,
        'select withdrawn_at is not null as withdrawn from account where id = $1 for update',
        [accountId],
      );
      if (!account) throw new Missing();
      if (account.withdrawn) throw new Refused(['already-withdrawn']);
      refuseIf(await reasonsToStay(tx, accountId));

      await sql(
        tx,
        'update account set withdrawn_at = clock_timestamp(), withdrawn_by = $2, withdrawal_reason = $3 where id = $1',
        [accountId, actor().accountId ?? null, reason],
      );
      const ended = await leave(tx, accountId, null, reason);
      await this.audit.note({ subject: `account:${accountId}` });
      return { accountId, ...ended };
    });
  }
}

/** What stands against its leaving each of its organisations; they are locked in one order by everybody. */
async function reasonsToStay(tx: EntityManager, accountId: string) {
  const organisations = await rows<{ id: string }>(
    tx,
    'select organisation_id as id from membership where account_id = $1 and withdrawn_at is null order by organisation_id',
    [accountId],
  );
  const reasons = new Set<string>();
  for (const { id } of organisations) {
    for (const reason of reasonsNotToWithdraw(await leavingFacts(tx, id, accountId))) reasons.add(reason);
  }
  return [...reasons];
}
