import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Flag, Instant, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

export class InvitationView {
  @Uuid() readonly personId!: string;
  @Uuid() readonly classId!: string;
  @Text(1, 60, { nullable: true }) readonly maskedName!: string | null;
  @Day() readonly dueOn!: string;
  @Flag({ description: '是否已申报本批次' }) readonly applied!: boolean;
  @Instant() readonly invitedAt!: string;
}

export const InvitationPage = PageOf(InvitationView);

export class InvitationFilter extends SortedBy('invitedAt', 'dueOn') {
  @Uuid({ optional: true }) readonly classId?: string;
}

/** Whom the institution has asked to apply for a session, and who has. */
export class ListInvitations extends Query<Page<InvitationView>> {
  constructor(
    readonly sessionId: string,
    readonly filter: InvitationFilter,
  ) {
    super();
  }
}

type Sealed = Omit<InvitationView, 'maskedName'> & { readonly id: string; readonly name: string | null };

@QueryHandler(ListInvitations)
export class ListInvitationsHandler implements IQueryHandler<ListInvitations> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ sessionId, filter }: ListInvitations): Promise<Page<InvitationView>> {
    const [session] = await this.db.read('select 1 from session where id = $1', [sessionId]);
    if (!session) throw new Missing();
    const where = [
      ['i.session_id = ?', sessionId],
      ['i.class_id = ?', filter.classId],
    ] as const;
    const found = await page<Sealed>(this.db, { ...listing, where }, filter);
    return { ...found, items: found.items.map((one) => this.masked(one)) };
  }

  private masked({ id: _id, name, ...rest }: Sealed): InvitationView {
    const maskedName =
      name === null ? null : maskName(this.personal.open('known_person', 'name_sealed', rest.personId, name));
    return { ...rest, maskedName };
  }
}

const listing = {
  columns: {
    id: 'i.person_id',
    personId: 'i.person_id',
    classId: 'i.class_id',
    name: 'p.name_sealed',
    dueOn: 'i.due_on',
    applied: `exists (select from application as a
      where a.session_id = i.session_id and a.person_id = i.person_id and a.state in ('submitted', 'qualified'))`,
    invitedAt: 'i.invited_at',
  },
  from: 'session_invitation as i left join pipeline() as p on p.person_id = i.person_id and p.class_id = i.class_id',
};
