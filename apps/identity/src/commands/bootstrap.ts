import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Personal, Refused, refuseIf, row } from '@shuzheng/platform';
import { Matches } from 'class-validator';
import { randomUUID } from 'node:crypto';
import { BootstrapCode } from '../bootstrap-code.js';
import { announceMembership } from '../data/memberships.js';
import { organisationOf } from '../data/organisations.js';
import { isWeak, loginNameOf } from '../domain/passwords.js';

export class FirstAdministrator {
  @Uuid() readonly accountId!: string;
}

export class FirstAccount {
  @Text(1, 200, { description: '首次启动时写入密钥目录的一次性代码' }) readonly code!: string;
  @Code() @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{2,39}$/) readonly loginName!: string;
  @Text(1, 50) readonly displayName!: string;
  @Text(1, 200) readonly password!: string;
}

/** Make the first system administrator of a registry that has none. */
export class Bootstrap extends Command<FirstAdministrator> {
  constructor(
    readonly account: FirstAccount,
    readonly passwordHash: string,
  ) {
    super();
  }
}

const OPERATOR = '00000000-0000-4000-8000-000000000001';

@CommandHandler(Bootstrap)
export class BootstrapHandler implements ICommandHandler<Bootstrap> {
  constructor(
    private readonly db: Database,
    private readonly code: BootstrapCode,
    private readonly personal: Personal,
    private readonly audit: Audit,
  ) {}

  execute({ account: { code, loginName, displayName, password }, passwordHash }: Bootstrap) {
    return this.db.transaction(async (tx) => {
      const operator = await row(tx, 'select 1 from operator where bootstrapped_at is null for update');
      if (!operator) throw new Refused(['bootstrap-done']);
      if (!this.code.matches(code)) throw new Refused(['bootstrap-code-wrong']);
      refuseIf(isWeak(password, loginName) ? ['password-weak'] : []);

      const accountId = randomUUID();
      await row(tx, 'select found_operator($1, $2, $3, $4, $5)', [
        accountId,
        randomUUID(),
        loginNameOf(loginName),
        passwordHash,
        this.personal.seal('account', 'display_name_sealed', accountId, displayName),
      ]);
      announceMembership(tx, accountId, await organisationOf(tx, OPERATOR), ['system-administrator']);
      await this.audit.note({ subject: `account:${accountId}` });
      return { accountId };
    });
  }
}
