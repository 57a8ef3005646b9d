import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Nested, OneOf, Sha256, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { type DocumentKind, documentWarnings, maskName, maskNumber, maskPhone } from '@shuzheng/regulation';

const states = ['proposed', 'approved', 'refused'] as const;
const titles: Readonly<Record<string, string>> = { proposed: '待省厅审批', approved: '已变更', refused: '未同意' };

/** Masked: enough to see what would change, not more. */
export class MaskedPerson {
  @Text(1, 10, { nullable: true }) readonly maskedName!: string | null;
  @Code({ nullable: true }) readonly documentKind!: string | null;
  @Text(1, 40, { nullable: true }) readonly maskedNumber!: string | null;
  @Text(1, 20, { nullable: true }) readonly maskedPhone!: string | null;
  @Texts(10, { description: '提示，如证件号码形式待核实' }) readonly warnings!: string[];
}

export class AmendmentStatus {
  @OneOf(states) readonly state!: string;
  @Text(1, 40) readonly title!: string;
  @OneOf(['department-approver'], { nullable: true }) readonly waitsFor!: string | null;
  @Day({ nullable: true }) readonly dueOn!: string | null;
}

export class AmendmentView {
  @Uuid() readonly id!: string;
  @Uuid() readonly personId!: string;
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Nested(() => MaskedPerson, { description: '提出变更时未变的为 null' }) readonly before!: MaskedPerson;
  @Nested(() => MaskedPerson) readonly after!: MaskedPerson;
  @Text(1, 500) readonly reason!: string;
  @Sha256({ nullable: true }) readonly evidenceSha256!: string | null;
  @OneOf(states) readonly state!: string;
  @Nested(() => AmendmentStatus) readonly status!: AmendmentStatus;
  @Text(1, 500, { nullable: true }) readonly refusedReason!: string | null;
  @Instant() readonly proposedAt!: string;
  @Instant({ nullable: true }) readonly decidedAt!: string | null;
}
export const AmendmentPage = PageOf(AmendmentView);

export class AmendmentFilter extends SortedBy('proposedAt', 'decidedAt') {
  @OneOf(states, { optional: true }) readonly state?: string;
  @Uuid({ optional: true }) readonly personId?: string;
}

export class ListPersonAmendments extends Query<Page<AmendmentView>> {
  constructor(readonly filter: AmendmentFilter & { readonly id?: string }) {
    super();
  }
}

interface Sealed {
  readonly id: string;
  readonly personId: string;
  readonly enrolmentId: string;
  readonly state: string;
  readonly documentKind: DocumentKind | null;
  readonly name: string | null;
  readonly number: string | null;
  readonly phone: string | null;
  readonly knownKind: DocumentKind;
  readonly knownName: string;
  readonly knownNumber: string;
  readonly knownPhone: string;
}
type Found = Sealed & Omit<AmendmentView, 'before' | 'after' | 'status'>;

@QueryHandler(ListPersonAmendments)
export class ListPersonAmendmentsHandler implements IQueryHandler<ListPersonAmendments> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ filter }: ListPersonAmendments) {
    const { items, ...rest } = await page<Found & Record<string, unknown>>(
      this.db,
      {
        columns,
        from,
        where: [
          ['amendment.id = ?', filter.id],
          ['amendment.state = ?', filter.state],
          ['amendment.person_id = ?', filter.personId],
        ],
      },
      filter,
    );
    if (filter.id !== undefined && items.length === 0) throw new Missing();
    return { ...rest, items: items.map((item) => this.masked(item)) };
  }

  private masked(found: Found): AmendmentView {
    const { id, personId, enrolmentId, organisationId, organisationName, reason, evidenceSha256, state } = found;
    const waitsFor = state === 'proposed' ? 'department-approver' : null;
    return {
      id,
      personId,
      enrolmentId,
      organisationId,
      organisationName,
      before: this.known(found),
      after: this.asked(found),
      reason,
      evidenceSha256,
      state,
      status: { state, title: titles[state] ?? state, waitsFor, dueOn: null },
      refusedReason: found.refusedReason,
      proposedAt: found.proposedAt,
      decidedAt: found.decidedAt,
    };
  }

  /** What is known now of whatever is asked to change. */
  private known({ name, number, phone, personId, enrolmentId, ...known }: Found): MaskedPerson {
    const openNumber = () => this.personal.open('person', 'number', personId, known.knownNumber);
    return {
      maskedName: name === null ? null : maskName(this.personal.open('person', 'name', personId, known.knownName)),
      ...(number === null ? noDocument : shown(known.knownKind, openNumber())),
      maskedPhone:
        phone === null ? null : maskPhone(this.personal.open('enrolment', 'phone', enrolmentId, known.knownPhone)),
    };
  }

  private asked({ id, name, number, phone, documentKind }: Found): MaskedPerson {
    const open = (column: string, sealed: string) => this.personal.open('person_amendment', column, id, sealed);
    return {
      maskedName: name === null ? null : maskName(open('name', name)),
      ...(number === null || documentKind === null ? noDocument : shown(documentKind, open('number', number))),
      maskedPhone: phone === null ? null : maskPhone(open('phone', phone)),
    };
  }
}

const noDocument = { documentKind: null, maskedNumber: null, warnings: [] };
const shown = (documentKind: DocumentKind, number: string) => ({
  documentKind,
  maskedNumber: maskNumber(documentKind, number),
  warnings: documentWarnings(documentKind, number),
});

const columns = {
  id: 'amendment.id',
  personId: 'amendment.person_id',
  enrolmentId: 'amendment.enrolment_id',
  organisationId: 'amendment.organisation_id',
  organisationName: 'organisation.name',
  name: 'amendment.name_sealed',
  documentKind: 'amendment.document_kind',
  number: 'amendment.number_sealed',
  phone: 'amendment.phone_sealed',
  knownName: 'person.name_sealed',
  knownKind: 'person.document_kind',
  knownNumber: 'person.number_sealed',
  knownPhone: 'enrolment.phone_sealed',
  reason: 'amendment.reason',
  evidenceSha256: 'amendment.evidence_sha256',
  state: 'amendment.state',
  refusedReason: 'amendment.refused_reason',
  proposedAt: 'amendment.proposed_at',
  decidedAt: 'amendment.decided_at',
};

const from = `person_amendment as amendment join person on person.id = amendment.person_id
  join enrolment on enrolment.id = amendment.enrolment_id
  left join known_organisation as organisation on organisation.id = amendment.organisation_id`;
