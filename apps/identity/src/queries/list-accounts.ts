import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Flag, Instant, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import { MembershipView } from '../data/signed-in.js';

export class AccountView {
  @Uuid() readonly id!: string;
  @OneOf(['member', 'learner']) readonly kind!: string;
  @Text(1, 40) readonly loginName!: string;
  @Text(1, 50, { description: '已遮盖' }) readonly maskedName!: string;
  @List(() => MembershipView, 0, 100) readonly memberships!: MembershipView[];
  @Flag({ description: '连续输错密码，暂时锁定' }) readonly locked!: boolean;
  @Instant() readonly createdAt!: string;
  @Instant({ nullable: true }) readonly withdrawnAt!: string | null;
}
export const AccountPage = PageOf(AccountView);

export class AccountFilter extends SortedBy('loginName', 'createdAt') {
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Code({ optional: true }) readonly loginName?: string;
  @OneOf(['live', 'withdrawn'], { optional: true }) readonly state?: string;
}

/** The accounts the caller manages: row-level security leaves a user manager those of the own organisation. */
export class ListAccounts extends Query<Page<AccountView>> {
  constructor(readonly filter: AccountFilter) {
    super();
  }
}

type Sealed = Omit<AccountView, 'maskedName'> & { sealed: string };

@QueryHandler(ListAccounts)
export class ListAccountsHandler implements IQueryHandler<ListAccounts> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ filter }: ListAccounts) {
    const found = await page<Sealed>(
      this.db,
      {
        columns: {
          id: 'account.id',
          kind: 'kind',
          loginName: 'login_name',
          sealed: 'display_name_sealed',
          memberships: live,
          locked: `coalesce(locked_until, '-infinity') > clock_timestamp()`,
          createdAt: 'created_at',
          withdrawnAt: 'withdrawn_at',
        },
        from: 'account',
        where: [
          [belongs, filter.organisationId],
          ['login_name = ?', filter.loginName?.toLowerCase()],
          [`case when withdrawn_at is null then 'live' else 'withdrawn' end = ?`, filter.state],
        ],
      },
      filter,
    );
    return { ...found, items: found.items.map((item) => this.masked(item)) };
  }

  private masked({ sealed, ...account }: Sealed): AccountView {
    const name = this.personal.open('account', 'display_name_sealed', account.id, sealed);
    return { ...account, maskedName: maskName(name) };
  }
}

const live = `(
  select coalesce(json_agg(json_build_object('organisationId', membership.organisation_id, 'roles', roles)
    order by granted_at, membership.id), '[]'::json)
  from membership where membership.account_id = account.id and membership.withdrawn_at is null)`;

const belongs = `exists (
  select 1 from membership
  where membership.account_id = account.id and membership.organisation_id = ?::uuid and membership.withdrawn_at is null)`;
