import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, confidences, Instant, Int, List, Nested, OneOf, Text } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { statuses, statusOf } from '../domain/known.js';

export class KnownCode {
  @Code({ nullable: true }) readonly value!: string | null;
  @OneOf(confidences) readonly confidence!: string;
  @OneOf(statuses) readonly status!: string;
}

export class OccupationView {
  @Code({ description: '登记所用的编码' }) readonly id!: string;
  @Code({ description: '登记所用的编码' }) readonly code!: string;
  @Text(1, 100) readonly name!: string;
  @Nested(() => KnownCode, { description: '2022 年版大典的编码' }) readonly currentCode!: KnownCode;
  @Nested(() => KnownCode, { nullable: true, description: '2021 年版标准所用的编码；没有时为 null' })
  readonly formerCode!: KnownCode | null;
  @OneOf(confidences) readonly confidence!: string;
  @Text(1, 300) readonly source!: string;
  @Text(1, 500, { nullable: true }) readonly note!: string | null;
  @Int(1, 1_000_000, { description: '修改时放入 If-Match' }) readonly version!: number;
}
export const OccupationPage = PageOf(OccupationView);

export class OccupationFilter extends SortedBy('code', 'name') {
  @Text(1, 100, { optional: true, description: '名称中的文字' }) readonly name?: string;
}

export class ListOccupations extends Query<Page<OccupationView>> {
  constructor(readonly filter: OccupationFilter) {
    super();
  }
}

export class FindOccupation extends Query<OccupationView> {
  constructor(readonly code: string) {
    super();
  }
}

type Row = Omit<OccupationView, 'currentCode' | 'formerCode'> & {
  currentCode: string | null;
  currentConfidence: string;
  formerCode: string | null;
  formerConfidence: string | null;
};

const columns = {
  id: 'code',
  code: 'code',
  name: 'name',
  currentCode: 'current_code',
  currentConfidence: 'current_confidence',
  formerCode: 'former_code',
  formerConfidence: 'former_confidence',
  confidence: 'confidence',
  source: 'source',
  note: 'note',
  version: 'version',
};

const known = (value: string | null, confidence: string): KnownCode => ({
  value,
  confidence,
  status: statusOf(value, confidence),
});

const viewOf = ({ currentCode, currentConfidence, formerCode, formerConfidence, ...row }: Row): OccupationView => ({
  ...row,
  currentCode: known(currentCode, currentConfidence),
  formerCode: formerConfidence === null ? null : known(formerCode, formerConfidence),
});

@QueryHandler(ListOccupations)
export class ListOccupationsHandler implements IQueryHandler<ListOccupations> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: ListOccupations) {
    const where = [['position(? in name) > 0', filter.name]] as const;
    const listed = await page<Row>(this.db, { columns, from: 'occupation', where }, filter);
    return { ...listed, items: listed.items.map(viewOf) };
  }
}

@QueryHandler(FindOccupation)
export class FindOccupationHandler implements IQueryHandler<FindOccupation> {
  constructor(private readonly db: Database) {}

  async execute({ code }: FindOccupation) {
    const where = [['code = ?', code]] as const;
    const { items } = await page<Row>(this.db, { columns, from: 'occupation', where }, {});
    const [found] = items;
    if (!found) throw new Missing();
    return viewOf(found);
  }
}

export class OccupationVersion extends OccupationView {
  @Instant() readonly changedAt!: string;
}

export class OccupationHistory {
  @Code() readonly code!: string;
  @List(() => OccupationVersion, 0, 10_000, { description: '省厅变更之前和之后的各版；从未变更时为空' })
  readonly versions!: OccupationVersion[];
}

export class FindOccupationHistory extends Query<OccupationHistory> {
  constructor(readonly code: string) {
    super();
  }
}

@QueryHandler(FindOccupationHistory)
export class FindOccupationHistoryHandler implements IQueryHandler<FindOccupationHistory> {
  constructor(private readonly db: Database) {}

  async execute({ code }: FindOccupationHistory) {
    const [found] = await this.db.read<{ code: string }>('select code from occupation where code = $1', [code]);
    if (!found) throw new Missing();
    const selected = Object.entries(columns).map(([as, column]) => `${column} as "${as}"`);
    const versions = await this.db.read<Row & { changedAt: string }>(
      `select ${selected.join(', ')}, changed_at as "changedAt" from occupation_version where code = $1 order by version`,
      [code],
    );
    return { code, versions: versions.map(({ changedAt, ...row }) => ({ ...viewOf(row), changedAt })) };
  }
}
