import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Decimal, Flag, Instant, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

export class MyResult {
  @Uuid() readonly id!: string;
  @Uuid() readonly sessionId!: string;
  @Text(1, 20) readonly serial!: string;
  @Code() readonly occupationCode!: string;
  @Code() readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day() readonly theoryOn!: string;
  @Day() readonly abilityOn!: string;
  @Decimal(0, 100, { nullable: true }) readonly theory!: number | null;
  @Decimal(0, 100, { nullable: true }) readonly ability!: number | null;
  @OneOf(['passed', 'failed', 'absent', 'violation']) readonly outcome!: string;
  @OneOf(['released', 'void']) readonly state!: string;
  @Instant({ nullable: true }) readonly releasedAt!: string | null;
  @Texts(2, { description: '沿用以前合格成绩的科目' }) readonly stands!: string[];
  @Code({ nullable: true, description: '作废理由代码' }) readonly voidCode!: string | null;
  @Flag({ description: '有异议正在处理' }) readonly held!: boolean;
}
export const MyResultPage = PageOf(MyResult);

export class MyResultFilter extends SortedBy('-releasedAt') {}

/** One's own released results, every attempt of them. */
export class ListMyResults extends Query<Page<MyResult>> {
  constructor(readonly filter: MyResultFilter) {
    super();
  }
}

@QueryHandler(ListMyResults)
export class ListMyResultsHandler implements IQueryHandler<ListMyResults> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListMyResults): Promise<Page<MyResult>> {
    const where = [
      ['r.person_id = ?', actor().personId ?? nobodyId],
      ['r.state = any(?::text[])', ['released', 'void']],
    ] as const;
    return page<MyResult & Record<string, unknown>>(this.db, { ...listing, where }, filter);
  }
}

/** Nobody's: whoever is no person has no results. */
const nobodyId = '00000000-0000-0000-0000-000000000000';

const listing = {
  columns: {
    id: 'r.id',
    sessionId: 's.id',
    serial: 's.serial',
    occupationCode: 's.occupation_code',
    level: 's.level',
    direction: 's.direction',
    theoryOn: 's.theory_on',
    abilityOn: 's.ability_on',
    theory: 'r.theory',
    ability: 'r.ability',
    outcome: 'r.outcome',
    state: 'r.state',
    releasedAt: 'r.released_at',
    stands: 'r.stands',
    voidCode: 'r.void_code',
    held: 'r.held',
  },
  from: 'result as r join session as s on s.id = r.session_id',
};
