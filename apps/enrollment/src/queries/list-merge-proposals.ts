import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, Nested, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { type DocumentKind, maskName, maskNumber } from '@shuzheng/regulation';
import { type MergeState, mergeStates } from '../domain/merging.js';

/** One of the two entries, masked. */
export class MergeEntry {
  @Uuid() readonly personId!: string;
  @Text(1, 10) readonly maskedName!: string;
  @Code() readonly documentKind!: string;
  @Text(1, 40) readonly maskedNumber!: string;
  @Int(0, 10000, { description: '所在培训班数' }) readonly classes!: number;
}

export class MergeStatus {
  @OneOf(mergeStates) readonly state!: string;
  @Text(1, 40) readonly title!: string;
  @OneOf(['department-officer', 'department-approver'], { nullable: true }) readonly waitsFor!: string | null;
  @Day({ nullable: true }) readonly dueOn!: string | null;
}

export class MergeView {
  @Uuid() readonly id!: string;
  @OneOf(mergeStates) readonly state!: MergeState;
  @Nested(() => MergeStatus) readonly status!: MergeStatus;
  @Texts(10, { description: '为何提议：same-birth-date、same-phone、by-hand' }) readonly signals!: string[];
  @Nested(() => MergeEntry, { description: '保留的人员记录' }) readonly kept!: MergeEntry;
  @Nested(() => MergeEntry, { description: '并入的人员记录' }) readonly other!: MergeEntry;
  @Text(1, 500, { nullable: true }) readonly reason!: string | null;
  @Text(1, 500, { nullable: true }) readonly decidedReason!: string | null;
  @Instant() readonly foundAt!: string;
  @Instant({ nullable: true }) readonly confirmedAt!: string | null;
  @Instant({ nullable: true }) readonly decidedAt!: string | null;
}
export const MergePage = PageOf(MergeView);

export class MergeFilter extends SortedBy('foundAt', 'confirmedAt') {
  @OneOf(mergeStates, { optional: true }) readonly state?: string;
}

export class ListMergeProposals extends Query<Page<MergeView>> {
  constructor(readonly filter: MergeFilter & { readonly id?: string }) {
    super();
  }
}

interface SealedEntry {
  readonly personId: string;
  readonly name: string;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly classes: number;
}
type Found = Omit<MergeView, 'kept' | 'other' | 'status'> & { readonly kept: SealedEntry; readonly other: SealedEntry };

const words: Readonly<Record<MergeState, readonly [title: string, waitsFor: string | null]>> = {
  found: ['待经办人员核对', 'department-officer'],
  confirmed: ['待审批', 'department-approver'],
  approved: ['已合并', null],
  dismissed: ['不是同一人', null],
  refused: ['未同意合并', null],
};

@QueryHandler(ListMergeProposals)
export class ListMergeProposalsHandler implements IQueryHandler<ListMergeProposals> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ filter }: ListMergeProposals) {
    const { items, ...rest } = await page<Found & Record<string, unknown>>(
      this.db,
      {
        columns,
        from,
        where: [
          ['proposal.id = ?', filter.id],
          ['proposal.state = ?', filter.state],
        ],
      },
      filter,
    );
    if (filter.id !== undefined && items.length === 0) throw new Missing();
    return { ...rest, items: items.map((item) => this.told(item)) };
  }

  private told(found: Found): MergeView {
    const [title, waitsFor] = words[found.state];
    return {
      ...found,
      status: { state: found.state, title, waitsFor, dueOn: null },
      kept: this.masked(found.kept),
      other: this.masked(found.other),
    };
  }

  private masked({ personId, name, kind, number, classes }: SealedEntry): MergeEntry {
    return {
      personId,
      maskedName: maskName(this.personal.open('person', 'name', personId, name)),
      documentKind: kind,
      maskedNumber: maskNumber(kind, this.personal.open('person', 'number', personId, number)),
      classes,
    };
  }
}

const entryOf = (person: string) => `json_build_object('personId', ${person}.id, 'name', ${person}.name_sealed,
  'kind', ${person}.document_kind, 'number', ${person}.number_sealed,
  'classes', (select count(*)::int from enrolment where enrolment.person_id = ${person}.id))`;

const columns = {
  id: 'proposal.id',
  state: 'proposal.state',
  signals: 'proposal.signals',
  kept: entryOf('kept'),
  other: entryOf('other'),
  reason: 'proposal.reason',
  decidedReason: 'proposal.decided_reason',
  foundAt: 'proposal.found_at',
  confirmedAt: 'proposal.confirmed_at',
  decidedAt: 'proposal.decided_at',
};

const from = `merge_proposal as proposal join person as kept on kept.id = proposal.person_id
  join person as other on other.id = proposal.other_id`;
