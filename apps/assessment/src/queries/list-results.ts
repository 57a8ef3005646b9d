import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Decimal, Flag, Instant, Int, List, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

const outcomes = ['passed', 'failed', 'absent', 'violation'] as const;
const states = ['recorded', 'released', 'reported', 'confirmed', 'returned', 'nationally-returned', 'void'] as const;

export class ResultView {
  @Uuid() readonly id!: string;
  @Text(1, 40, { description: '准考证号' }) readonly admissionNumber!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Decimal(0, 100, { nullable: true }) readonly theory!: number | null;
  @Decimal(0, 100, { nullable: true }) readonly ability!: number | null;
  @Flag() readonly absent!: boolean;
  @Flag() readonly violation!: boolean;
  @OneOf(outcomes) readonly outcome!: string;
  @OneOf(states) readonly state!: string;
  @Int(1, 1000) readonly version!: number;
  @Text(1, 500, { nullable: true, description: '作废理由' }) readonly voidReason!: string | null;
  @Code({ nullable: true, description: '作废理由代码' }) readonly voidCode!: string | null;
  @Flag({ description: '有异议，暂缓报送和确认' }) readonly held!: boolean;
  @Texts(2, { description: '沿用以前合格成绩的科目' }) readonly stands!: string[];
  @Instant() readonly recordedAt!: string;
  @Instant({ nullable: true, description: '复核时间' }) readonly recheckedAt!: string | null;
  @Instant({ nullable: true }) readonly releasedAt!: string | null;
}
export const ResultPage = PageOf(ResultView);

export class ResultFilter extends SortedBy('admissionNumber', '-recordedAt') {
  @OneOf(states, { optional: true }) readonly state?: string;
  @OneOf(outcomes, { optional: true }) readonly outcome?: string;
}

export class ListResults extends Query<Page<ResultView>> {
  constructor(
    readonly sessionId: string,
    readonly filter: ResultFilter,
  ) {
    super();
  }
}

export class ResultVersion {
  @Int(1, 1000) readonly version!: number;
  @Decimal(0, 100, { nullable: true }) readonly theory!: number | null;
  @Decimal(0, 100, { nullable: true }) readonly ability!: number | null;
  @OneOf(outcomes) readonly outcome!: string;
  @Uuid() readonly recordedBy!: string;
  @Instant() readonly recordedAt!: string;
  @Code({ nullable: true, description: '成绩表的摘要；经接口登记的为 null' }) readonly fileSha256!: string | null;
}

export class ResultDetail extends ResultView {
  @List(() => ResultVersion, 1, 1000) readonly versions!: ResultVersion[];
}

/** A result with everything that was ever recorded for it. */
export class FindResult extends Query<ResultDetail> {
  constructor(readonly resultId: string) {
    super();
  }
}

interface Sealed extends Omit<ResultView, 'maskedName'> {
  readonly applicationId: string;
  readonly name: string;
}

// What was reported stands where the department's decision about its latest part puts it.
const state = `case when r.state <> 'released' or reported.part is null then r.state else coalesce(decision.decision, 'reported') end`;

const listing = {
  columns: {
    id: 'r.id',
    applicationId: 'a.id',
    admissionNumber: 'a.admission_number',
    name: 'a.name_sealed',
    theory: 'r.theory',
    ability: 'r.ability',
    absent: 'r.absent',
    violation: 'r.violation',
    outcome: 'r.outcome',
    state,
    version: 'r.version',
    voidReason: 'r.void_reason',
    voidCode: 'r.void_code',
    held: 'r.held',
    stands: 'r.stands',
    recordedAt: 'r.recorded_at',
    recheckedAt: 'r.rechecked_at',
    releasedAt: 'r.released_at',
  },
  from: `result as r join application as a on a.id = r.application_id
    left join lateral (select max(part) as part from result_report_row where result_id = r.id) as reported on true
    left join known_decision as decision on decision.result_id = r.id and decision.part = reported.part`,
};

const masked = (personal: Personal, { applicationId, name, ...rest }: Sealed): ResultView => ({
  ...rest,
  maskedName: maskName(personal.open('application', 'name_sealed', applicationId, name)),
});

@QueryHandler(ListResults)
export class ListResultsHandler implements IQueryHandler<ListResults> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ sessionId, filter }: ListResults): Promise<Page<ResultView>> {
    const [session] = await this.db.read('select 1 from session where id = $1', [sessionId]);
    if (!session) throw new Missing();
    const where = [
      ['r.session_id = ?', sessionId],
      [`${state} = ?`, filter.state],
      ['r.outcome = ?', filter.outcome],
    ] as const;
    const found = await page<Sealed>(this.db, { ...listing, where }, filter);
    return { ...found, items: found.items.map((result) => masked(this.personal, result)) };
  }
}

@QueryHandler(FindResult)
export class FindResultHandler implements IQueryHandler<FindResult> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ resultId }: FindResult): Promise<ResultDetail> {
    const { items } = await page<Sealed>(this.db, { ...listing, where: [['r.id = ?', resultId]] }, {});
    if (!items[0]) throw new Missing();
    const versions = await this.db.read<ResultVersion>(
      `select version, theory, ability, outcome, recorded_by as "recordedBy", recorded_at as "recordedAt",
         file_sha256 as "fileSha256"
       from result_version where result_id = $1 order by version`,
      [resultId],
    );
    return { ...masked(this.personal, items[0]), versions };
  }
}
