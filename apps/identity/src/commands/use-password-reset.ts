import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, Text } from '@shuzheng/contracts';
import { Audit, Database, Refused, refuseIf, row, sql } from '@shuzheng/platform';
import { endSessions } from '../data/sessions.js';
import { isWeak } from '../domain/passwords.js';

export class PasswordReset {
  @Int(0, 100_000) readonly sessionsEnded!: number;
}

export class ResetUse {
  @Text(1, 80) readonly code!: string;
  @Text(1, 200) readonly password!: string;
}

/** Take a new password with a one-time code; every session ends, and a lock with them. */
export class UsePasswordReset extends Command<PasswordReset> {
  constructor(
    readonly accountId: string,
    readonly resetId: string,
    readonly password: string,
    readonly passwordHash: string,
  ) {
    super();
  }
}

@CommandHandler(UsePasswordReset)
export class UsePasswordResetHandler implements ICommandHandler<UsePasswordReset> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, resetId, password, passwordHash }: UsePasswordReset) {
    return this.db.transaction(async (tx) => {
      const account = await row<{ loginName: string }>(
        tx,
        'select login_name as "loginName" from account where id = $1 and withdrawn_at is null for update',
        [accountId],
      );
      if (!account) throw new Refused(['reset-unknown']);
      refuseIf(isWeak(password, account.loginName) ? ['password-weak'] : []);
      const used = await row(
        tx,
        `update password_reset set used_at = clock_timestamp()
         where id = $1 and used_at is null and replaced_at is null and expires_at > clock_timestamp() returning id`,
        [resetId],
      );
      if (!used) throw new Refused(['reset-unknown']);

      await sql(tx, 'update account set password_hash = $2, failures = 0, locked_until = null where id = $1', [
        accountId,
        passwordHash,
      ]);
      const sessionsEnded = await endSessions(tx, accountId, 'password-reset');
      await this.audit.note({ subject: `account:${accountId}`, detail: { resetId } });
      return { sessionsEnded };
    });
  }
}
