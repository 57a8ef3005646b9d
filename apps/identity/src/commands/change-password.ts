import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, Text } from '@shuzheng/contracts';
import { Audit, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import { endSessions } from '../data/sessions.js';
import { isWeak } from '../domain/passwords.js';

export class PasswordChanged {
  @Int(0, 100_000) readonly sessionsEnded!: number;
}

export class PasswordChange {
  @Text(1, 200) readonly current!: string;
  @Text(1, 200) readonly password!: string;
}

/** Take a new password; every other session of the account ends. */
export class ChangePassword extends Command<PasswordChanged> {
  constructor(
    readonly accountId: string,
    readonly sessionId: string,
    readonly change: { readonly currentIsRight: boolean; readonly password: string; readonly passwordHash: string },
  ) {
    super();
  }
}

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, sessionId, change: { currentIsRight, password, passwordHash } }: ChangePassword) {
    return this.db.transaction(async (tx) => {
      const account = await row<{ loginName: string }>(
        tx,
        'select login_name as "loginName" from account where id = $1 and withdrawn_at is null for update',
        [accountId],
      );
      if (!account) throw new Missing();
      refuseIf([
        ...(currentIsRight ? [] : ['password-wrong']),
        ...(isWeak(password, account.loginName) ? ['password-weak'] : []),
      ]);

      await sql(tx, 'update account set password_hash = $2 where id = $1', [accountId, passwordHash]);
      const sessionsEnded = await endSessions(tx, accountId, 'password-changed', { except: sessionId });
      await this.audit.note({ subject: `account:${accountId}` });
      return { sessionsEnded };
    });
  }
}
