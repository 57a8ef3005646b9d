import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Flag, Uuid } from '@shuzheng/contracts';
import { Audit, Database, row, sql } from '@shuzheng/platform';
import { chargeOf } from '../data/charge.js';

export class Unlocked {
  @Uuid() readonly accountId!: string;
  @Flag({ description: '此前是否锁定' }) readonly wasLocked!: boolean;
}

/** Let somebody try again who mistyped too often. */
export class UnlockAccount extends Command<Unlocked> {
  constructor(readonly accountId: string) {
    super();
  }
}

@CommandHandler(UnlockAccount)
export class UnlockAccountHandler implements ICommandHandler<UnlockAccount> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId }: UnlockAccount) {
    return this.db.transaction(async (tx) => {
      await chargeOf(tx, accountId);
      const account = await row<{ locked: boolean }>(
        tx,
        `select coalesce(locked_until, '-infinity') > clock_timestamp() as locked from account where id = $1`,
        [accountId],
      );
      await sql(tx, 'update account set failures = 0, locked_until = null where id = $1', [accountId]);
      await this.audit.note({ subject: `account:${accountId}` });
      return { accountId, wasLocked: account?.locked === true };
    });
  }
}
