import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Flag, Instant, Nested, OneOf, permissions, roleTitles, Text, Uuid } from '@shuzheng/contracts';
import { actor, Clock, Database, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { AccessStatus } from '../data/status.js';
import { requestTitles } from '../domain/states.js';

export class PermissionRequestView {
  @Uuid() readonly id!: string;
  @Uuid() readonly accountId!: string;
  @Text(1, 50) readonly displayName!: string;
  @Uuid() readonly organisationId!: string;
  @Code({ nullable: true }) readonly role!: string | null;
  @Code({ nullable: true }) readonly permission!: string | null;
  @Text(1, 50, { description: '所申请的角色或权限' }) readonly title!: string;
  @Text(1, 500) readonly reason!: string;
  @Instant() readonly requestedAt!: string;
  @Day() readonly dueOn!: string;
  @Flag() readonly overdue!: boolean;
  @Instant({ nullable: true }) readonly settledAt!: string | null;
  @Text(1, 500, { nullable: true, description: '未同意的理由' }) readonly settlementReason!: string | null;
  @Nested(() => AccessStatus) readonly status!: AccessStatus;
}
export const PermissionRequestPage = PageOf(PermissionRequestView);

export class PermissionRequestFilter extends SortedBy('dueOn', 'requestedAt') {
  @OneOf(['open', 'granted', 'refused'], { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly accountId?: string;
}

/** What members ask for: the caller's own requests, or those the caller must settle. */
export class ListPermissionRequests extends Query<Page<PermissionRequestView>> {
  constructor(
    readonly whose: 'own' | 'organisation',
    readonly filter: PermissionRequestFilter,
  ) {
    super();
  }
}

type Row = Omit<PermissionRequestView, 'displayName' | 'title' | 'status' | 'overdue'> & {
  sealed: string;
  state: string;
};

@QueryHandler(ListPermissionRequests)
export class ListPermissionRequestsHandler implements IQueryHandler<ListPermissionRequests> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly personal: Personal,
  ) {}

  async execute({ whose, filter }: ListPermissionRequests) {
    const { accountId, organisationId } = actor();
    const found = await page<Row>(
      this.db,
      {
        columns,
        from: 'permission_request join account on account.id = permission_request.account_id',
        where: [
          ['permission_request.state = ?', filter.state],
          ['permission_request.account_id = ?', whose === 'own' ? (accountId ?? null) : filter.accountId],
          ['permission_request.organisation_id = ?', whose === 'own' ? undefined : (organisationId ?? null)],
        ],
      },
      filter,
    );
    return { ...found, items: found.items.map((item) => this.shown(item)) };
  }

  private shown({ sealed, state, ...request }: Row): PermissionRequestView {
    const open = state === 'open';
    const { role, permission, dueOn } = request;
    const asked = role ? roleTitles[role] : permissions[permission as keyof typeof permissions];
    return {
      ...request,
      displayName: this.personal.open('account', 'display_name_sealed', request.accountId, sealed),
      title: asked ?? role ?? permission ?? '',
      overdue: open && dueOn < this.clock.today(),
      status: {
        state,
        title: requestTitles[state] ?? state,
        waitsFor: open ? 'user-manager' : null,
        dueOn: open ? dueOn : null,
      },
    };
  }
}

const columns = {
  id: 'permission_request.id',
  accountId: 'permission_request.account_id',
  organisationId: 'permission_request.organisation_id',
  sealed: 'account.display_name_sealed',
  role: 'permission_request.role',
  permission: 'permission_request.permission',
  reason: 'permission_request.reason',
  requestedAt: 'permission_request.requested_at',
  dueOn: 'permission_request.due_on',
  settledAt: 'permission_request.settled_at',
  settlementReason: 'permission_request.settlement_reason',
  state: 'permission_request.state',
};
