import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Flag, Instant, Int, List, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, Personal } from '@shuzheng/platform';
import { maySeeAccounts } from '../managing.js';

export class MembershipHistory {
  @Uuid() readonly organisationId!: string;
  @Texts(10) readonly roles!: string[];
  @Int(1, 1_000_000) readonly version!: number;
  @Instant() readonly grantedAt!: string;
  @Instant({ nullable: true }) readonly withdrawnAt!: string | null;
}

export class AccountDetail {
  @Uuid() readonly id!: string;
  @OneOf(['member', 'learner']) readonly kind!: string;
  @Text(1, 50, { description: '撤回后仍保留，以便查明经办人' }) readonly displayName!: string;
  @OneOf(['live', 'withdrawn']) readonly state!: string;
  @Text(1, 40, { nullable: true, description: '仅管理人员可见' }) readonly loginName!: string | null;
  @Flag({ nullable: true, description: '仅管理人员可见' }) readonly locked!: boolean | null;
  @Flag({ nullable: true, description: '是否启用动态口令；仅管理人员可见' }) readonly secondFactor!: boolean | null;
  @List(() => MembershipHistory, 0, 200) readonly memberships!: MembershipHistory[];
}

/** Who an account belongs to, also after it was withdrawn: what somebody did keeps their name. */
export class ShowAccount extends Query<AccountDetail> {
  constructor(readonly accountId: string) {
    super();
  }
}

type Row = Omit<AccountDetail, 'displayName' | 'state'> & { sealed: string; withdrawn: boolean };

@QueryHandler(ShowAccount)
export class ShowAccountHandler implements IQueryHandler<ShowAccount> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ accountId }: ShowAccount): Promise<AccountDetail> {
    const [found] = await this.db.read<Row & Record<string, unknown>>(theAccount, [accountId]);
    if (!found) throw new Missing();
    const { sealed, withdrawn, memberships, ...account } = found;
    const left = account.kind === 'member' && memberships.every(({ withdrawnAt }) => withdrawnAt !== null);
    const { permissions, accountId: me } = actor();
    const manages = accountId === me || maySeeAccounts(permissions);
    return {
      ...account,
      displayName: this.personal.open('account', 'display_name_sealed', accountId, sealed),
      state: withdrawn || left ? 'withdrawn' : 'live',
      memberships,
      ...(manages ? {} : { loginName: null, locked: null, secondFactor: null }),
    };
  }
}

/** A caller sees the memberships of the own organisation; the operator, all. */
const theAccount = `
  select id, kind, login_name as "loginName", display_name_sealed as sealed, withdrawn_at is not null as withdrawn,
    coalesce(locked_until, '-infinity') > clock_timestamp() as locked,
    exists (select 1 from second_factor where account_id = account.id and confirmed_at is not null) as "secondFactor",
    (select coalesce(json_agg(json_build_object('organisationId', organisation_id, 'roles', roles, 'version', version,
       'grantedAt', granted_at, 'withdrawnAt', membership.withdrawn_at) order by granted_at, membership.id), '[]'::json)
     from membership where account_id = account.id) as memberships
  from account where id = $1`;
