import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Clock, Database, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { type DocumentKind, documentWarnings, maskName, maskNumber } from '@shuzheng/regulation';
import { dishonestyKinds } from '../domain/dishonesty.js';

const states = ['current', 'past', 'lifted'] as const;

export class DishonestyView {
  @Uuid() readonly id!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Code() readonly documentKind!: string;
  @Text(1, 60) readonly maskedNumber!: string;
  @Texts(10, { description: '提示，如证件号码形式待核实' }) readonly warnings!: string[];
  @OneOf(Object.keys(dishonestyKinds)) readonly kind!: string;
  @Text(1, 200) readonly decision!: string;
  @Day() readonly from!: string;
  @Day({ nullable: true, description: '记录期满日；长期记录为空' }) readonly to!: string | null;
  @OneOf(states, { description: '有效、期满、已解除' }) readonly state!: string;
  @Day({ nullable: true }) readonly liftedOn!: string | null;
  @Text(1, 500, { nullable: true }) readonly liftReason!: string | null;
  @Instant() readonly recordedAt!: string;
}

export const DishonestyPage = PageOf(DishonestyView);

export class DishonestyFilter extends SortedBy('-recordedAt', 'from', 'to') {
  @OneOf(states, { optional: true }) readonly state?: string;
  @OneOf(Object.keys(dishonestyKinds), { optional: true }) readonly kind?: string;
}

/** The 失信 list, masked. */
export class ListDishonesty extends Query<Page<DishonestyView>> {
  constructor(readonly filter: DishonestyFilter) {
    super();
  }
}

type Sealed = Omit<DishonestyView, 'maskedName' | 'maskedNumber' | 'warnings' | 'state'> & {
  readonly name: string;
  readonly number: string;
};

@QueryHandler(ListDishonesty)
export class ListDishonestyHandler implements IQueryHandler<ListDishonesty> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly personal: Personal,
  ) {}

  async execute({ filter }: ListDishonesty): Promise<Page<DishonestyView>> {
    const today = this.clock.today();
    const where = [
      [conditionFor[filter.state ?? 'lifted'] ?? '', filter.state && today],
      ['d.kind = ?', filter.kind],
    ] as const;
    const found = await page<Sealed>(this.db, { ...listing, where }, filter);
    return { ...found, items: found.items.map((one) => this.masked({ ...one, state: stateOf(one, today) })) };
  }

  private masked({ name, number, ...rest }: Sealed & { readonly state: string }): DishonestyView {
    const kind = rest.documentKind as DocumentKind;
    const plain = this.personal.open('dishonesty', 'number_sealed', rest.id, number);
    return {
      ...rest,
      maskedName: maskName(this.personal.open('dishonesty', 'name_sealed', rest.id, name)),
      maskedNumber: maskNumber(kind, plain),
      warnings: documentWarnings(kind, plain),
    };
  }
}

const conditionFor: Readonly<Record<string, string>> = {
  current: 'd.lifted_on is null and coalesce(d.valid_to >= ?, true)',
  past: 'd.lifted_on is null and d.valid_to < ?',
  lifted: 'd.lifted_on <= ?',
};

function stateOf({ liftedOn, to }: Pick<DishonestyView, 'liftedOn' | 'to'>, today: string) {
  if (liftedOn !== null) return 'lifted';
  return to !== null && to < today ? 'past' : 'current';
}

const listing = {
  columns: {
    id: 'd.id',
    name: 'd.name_sealed',
    documentKind: 'd.document_kind',
    number: 'd.number_sealed',
    kind: 'd.kind',
    decision: 'd.decision',
    from: 'd.valid_from',
    to: 'd.valid_to',
    liftedOn: 'd.lifted_on',
    liftReason: 'd.lift_reason',
    recordedAt: 'd.recorded_at',
  },
  from: 'dishonesty as d',
};
