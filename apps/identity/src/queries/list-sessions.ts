import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Flag, Instant, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { chargeOf } from '../data/charge.js';

export class SessionView {
  @Uuid() readonly id!: string;
  @Uuid({ nullable: true }) readonly organisationId!: string | null;
  @Text(1, 40, { description: '设备的大致类型' }) readonly device!: string;
  @Instant() readonly openedAt!: string;
  @Instant() readonly expiresAt!: string;
  @Flag({ description: '就是本次登录' }) readonly current!: boolean;
}
export const SessionPage = PageOf(SessionView);
export class SessionFilter extends SortedBy('-openedAt') {}

/** Where the caller is signed in now. */
export class ListMySessions extends Query<Page<SessionView>> {
  constructor(
    readonly sessionId: string,
    readonly filter: SessionFilter,
  ) {
    super();
  }
}

@QueryHandler(ListMySessions)
export class ListMySessionsHandler implements IQueryHandler<ListMySessions> {
  constructor(private readonly db: Database) {}

  async execute({ sessionId, filter }: ListMySessions) {
    const found = await page<Omit<SessionView, 'current'>>(
      this.db,
      {
        columns: {
          id: 'id',
          organisationId: 'organisation_id',
          device: 'device',
          openedAt: 'opened_at',
          expiresAt: 'expires_at',
        },
        from: 'session',
        where: [
          ['account_id = ?', actor().accountId ?? null],
          ['(ended_at is null and expires_at > clock_timestamp()) = ?', true],
        ],
      },
      filter,
    );
    return { ...found, items: found.items.map((item) => ({ ...item, current: item.id === sessionId })) };
  }
}

const outcomes = ['signed-in', 'failed', 'locked', 'second-factor-wrong', 'second-factor-needed', 'not-admitted'];

export class SignInView {
  @Uuid() readonly id!: string;
  @Instant() readonly at!: string;
  @OneOf(outcomes) readonly outcome!: string;
  @Text(1, 30) readonly outcomeTitle!: string;
  @OneOf(['password', 'oidc']) readonly method!: string;
  @Text(1, 40, { description: '设备的大致类型' }) readonly device!: string;
  @Text(1, 60, { description: '网络地址的一部分' }) readonly network!: string;
}
export const SignInPage = PageOf(SignInView);

export class SignInFilter extends SortedBy('-at') {
  @OneOf(outcomes, { optional: true }) readonly outcome?: string;
}

/** Who signed in to an account or tried to: one's own, or one that the caller looks after. */
export class ListSignIns extends Query<Page<SignInView>> {
  constructor(
    readonly accountId: string | undefined,
    readonly filter: SignInFilter,
  ) {
    super();
  }
}

@QueryHandler(ListSignIns)
export class ListSignInsHandler implements IQueryHandler<ListSignIns> {
  constructor(private readonly db: Database) {}

  execute({ accountId, filter }: ListSignIns) {
    return this.db.transaction(async (tx) => {
      // What somebody does for another organisation is none of this one's business.
      const organisationId = accountId ? (await chargeOf(tx, accountId)).organisationId : null;
      return page<SignInView>(
        this.db,
        {
          columns: {
            id: 'id',
            at: 'at',
            outcome: 'outcome',
            outcomeTitle,
            method: 'method',
            device: 'device',
            network: 'network',
          },
          from: 'sign_in',
          where: [
            ['account_id = ?', accountId ?? actor().accountId ?? null],
            ['(organisation_id is null or organisation_id = ?)', organisationId ?? undefined],
            ['outcome = ?', filter.outcome],
          ],
        },
        filter,
      );
    });
  }
}

const outcomeTitle = `case outcome when 'signed-in' then '登录成功' when 'failed' then '密码错误'
  when 'locked' then '账号锁定中' when 'second-factor-wrong' then '动态口令错误'
  when 'second-factor-needed' then '等待动态口令' else '没有可用的权限' end`;
