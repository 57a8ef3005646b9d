import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Nested, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { maskName, shanghaiDay } from '@shuzheng/regulation';
import { AccessStatus } from '../data/status.js';
import { invitationTitles } from '../domain/states.js';

export class InvitationView {
  @Uuid() readonly id!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 50, { description: '已遮盖' }) readonly maskedName!: string;
  @Text(1, 40, { nullable: true }) readonly loginName!: string | null;
  @Texts(10) readonly roles!: string[];
  @Uuid({ nullable: true }) readonly invitedBy!: string | null;
  @Instant() readonly invitedAt!: string;
  @Instant() readonly expiresAt!: string;
  @Uuid({ nullable: true }) readonly acceptedBy!: string | null;
  @Nested(() => AccessStatus) readonly status!: AccessStatus;
}
export const InvitationPage = PageOf(InvitationView);

export class InvitationFilter extends SortedBy('-invitedAt', 'expiresAt') {
  @OneOf(['open', 'accepted', 'withdrawn', 'expired'], { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
}

export class ListInvitations extends Query<Page<InvitationView>> {
  constructor(readonly filter: InvitationFilter) {
    super();
  }
}

type Sealed = Omit<InvitationView, 'maskedName' | 'status'> & { sealed: string; state: string };

const state = `case when state = 'open' and expires_at <= clock_timestamp() then 'expired' else state end`;

@QueryHandler(ListInvitations)
export class ListInvitationsHandler implements IQueryHandler<ListInvitations> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ filter }: ListInvitations) {
    const found = await page<Sealed>(
      this.db,
      {
        columns: {
          id: 'id',
          organisationId: 'organisation_id',
          sealed: 'display_name_sealed',
          loginName: 'login_name',
          roles: 'roles',
          invitedBy: 'invited_by',
          invitedAt: 'invited_at',
          expiresAt: 'expires_at',
          acceptedBy: 'accepted_by',
          state,
        },
        from: 'invitation',
        where: [
          [`${state} = ?`, filter.state],
          ['organisation_id = ?', filter.organisationId],
        ],
      },
      filter,
    );
    return { ...found, items: found.items.map((item) => this.shown(item)) };
  }

  private shown({ sealed, state, ...invitation }: Sealed): InvitationView {
    const name = this.personal.open('invitation', 'display_name_sealed', invitation.id, sealed);
    const open = state === 'open';
    const dueOn = open ? shanghaiDay(new Date(invitation.expiresAt)) : null;
    const title = invitationTitles[state] ?? state;
    return {
      ...invitation,
      maskedName: maskName(name),
      status: { state, title, waitsFor: open ? 'invitee' : null, dueOn },
    };
  }
}
