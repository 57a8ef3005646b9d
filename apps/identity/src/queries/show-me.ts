import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, List, OneOf, permissions, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, Personal } from '@shuzheng/platform';

export class MyMembership {
  @Uuid() readonly organisationId!: string;
  @Text(1, 200) readonly organisationName!: string;
  @Code() readonly organisationRole!: string;
  @Texts(10) readonly roles!: string[];
}

export class MyPermission {
  @Code() readonly code!: string;
  @Text(1, 50) readonly title!: string;
}

export class Me {
  @Uuid() readonly accountId!: string;
  @OneOf(['member', 'learner', 'client']) readonly kind!: string;
  @Text(1, 40, { nullable: true }) readonly loginName!: string | null;
  @Text(1, 100) readonly displayName!: string;
  @OneOf(['self', 'organisation', 'city', 'province']) readonly reach!: string;
  @Uuid({ nullable: true, description: '本次登录所代表的机构' }) readonly organisationId!: string | null;
  @List(() => MyMembership, 0, 100) readonly memberships!: MyMembership[];
  @List(() => MyPermission, 0, 100) readonly permissions!: MyPermission[];
}

/** Who the caller is, and what this token lets them do. */
export class ShowMe extends Query<Me> {}

interface Account extends Record<string, unknown> {
  readonly kind: string;
  readonly loginName: string | null;
  readonly name: string;
}

@QueryHandler(ShowMe)
export class ShowMeHandler implements IQueryHandler<ShowMe> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute(): Promise<Me> {
    const { accountId = '', organisationId = null, reach, permissions: held } = actor();
    return this.db.transaction(async () => {
      const { kind, loginName, name } = (await this.account(accountId)) ?? (await this.client(accountId));
      return {
        accountId,
        kind,
        loginName,
        displayName: name,
        reach,
        organisationId,
        memberships: await this.db.read<MyMembership & Record<string, unknown>>(memberships, [accountId]),
        permissions: held.map((code) => ({ code, title: permissions[code as keyof typeof permissions] ?? code })),
      };
    });
  }

  private async account(id: string) {
    const [found] = await this.db.read<Account>(
      'select kind, login_name as "loginName", display_name_sealed as name from account where id = $1',
      [id],
    );
    return found && { ...found, name: this.personal.open('account', 'display_name_sealed', id, found.name) };
  }

  private async client(id: string) {
    const [found] = await this.db.read<Account>(
      `select 'client' as kind, null as "loginName", name from client where id = $1`,
      [id],
    );
    if (!found) throw new Missing();
    return found;
  }
}

const memberships = `
  select organisation_id as "organisationId", name as "organisationName", role as "organisationRole", roles
  from membership join organisation on organisation.id = organisation_id
  where account_id = $1 and withdrawn_at is null
  order by granted_at, membership.id`;
