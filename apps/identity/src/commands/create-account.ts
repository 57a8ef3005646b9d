import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Personal, Refused, refuseIf, row } from '@shuzheng/platform';
import { Matches } from 'class-validator';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { grantingFacts, nothingHeld } from '../data/granting.js';
import { grant } from '../data/memberships.js';
import { organisationOf } from '../data/organisations.js';
import { roleChoice } from '../data/role-choice.js';
import { reasonsNotToGrant, reasonsNotToOpen } from '../domain/granting.js';
import { loginNameOf } from '../domain/passwords.js';
import { mustManage } from '../managing.js';
import { Settings } from '../settings.js';

export class AccountReceipt {
  @Uuid() readonly accountId!: string;
}

export class NewAccount {
  @Code({ description: '字母、数字和连字符，3 到 40 个字符' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{2,39}$/)
  readonly loginName!: string;
  @Text(1, 50) readonly displayName!: string;
  @Text(1, 200, { description: '初始密码' }) readonly password!: string;
  @Uuid() readonly organisationId!: string;
  @Texts(10, { description: roleChoice }) readonly roles!: string[];
}

/** Open an account for somebody who works in an organisation. */
export class CreateAccount extends Command<AccountReceipt> {
  constructor(
    readonly account: NewAccount,
    readonly passwordHash: string,
  ) {
    super();
  }
}

@CommandHandler(CreateAccount)
export class CreateAccountHandler implements ICommandHandler<CreateAccount> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
    private readonly settings: Settings,
    private readonly audit: Audit,
  ) {}

  execute({ account, passwordHash }: CreateAccount) {
    const { organisationId, password } = account;
    mustManage(organisationId);
    const [loginName, roles] = [loginNameOf(account.loginName), [...new Set(account.roles)]];
    return this.db.transaction(async (tx) => {
      const organisation = await organisationOf(tx, organisationId);
      refuseIf([
        ...reasonsNotToOpen({ loginName, password, loginNameTaken: await isTaken(tx, loginName) }),
        ...reasonsNotToGrant(await grantingFacts(tx, this.settings, { held: nothingHeld, organisation, roles })),
      ]);

      const accountId = randomUUID();
      await this.insert(tx, accountId, { ...account, loginName }, passwordHash);
      await grant(tx, accountId, organisation, roles);
      await this.audit.note({ subject: `account:${accountId}`, detail: { organisationId, roles } });
      return { accountId };
    });
  }

  /** Two who ask for one name at once do not see each other: the constraint decides. */
  private async insert(
    tx: EntityManager,
    id: string,
    { organisationId, loginName, displayName }: NewAccount,
    hash: string,
  ) {
    const inserted = await row(
      tx,
      `insert into account (id, kind, organisation_id, login_name, display_name_sealed, password_hash)
       values ($1, 'member', $2, $3, $4, $5) on conflict (login_name) do nothing returning id`,
      [id, organisationId, loginName, this.personal.seal('account', 'display_name_sealed', id, displayName), hash],
    );
    if (!inserted) throw new Refused(['login-name-taken']);
  }
}

async function isTaken(tx: EntityManager, loginName: string) {
  const found = await row<{ taken: boolean }>(tx, 'select login_name_taken($1) as taken', [loginName]);
  return found?.taken === true;
}
