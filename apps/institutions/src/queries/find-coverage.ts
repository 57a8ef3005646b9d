import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, directoryRoles, Int, List, OneOf, Text } from '@shuzheng/contracts';
import { Clock, Database } from '@shuzheng/platform';

export class CoverageRow {
  @Code() readonly cityCode!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 100) readonly occupationName!: string;
  @OneOf(directoryRoles) readonly role!: string;
  @Int(1, 100_000) readonly organisations!: number;
  @Int(1, 100_000) readonly entries!: number;
  @Text(1, 300, { description: '列出这些机构的地址' }) readonly link!: string;
}

export class CoverageView {
  @Day() readonly on!: string;
  @Int(0, 100_000, { description: '当日在目录内且未暂停、未终止的机构数' }) readonly organisations!: number;
  @List(() => CoverageRow, 0, 1000, { description: '各市、各职业、各角色一格，一次全部给出，不分页' })
  readonly cells!: CoverageRow[];
}

export class CoverageQuestion {
  @Day({ optional: true, description: '默认为今日；可以是过去的日期' }) readonly on?: string;
  @Code({ optional: true }) readonly cityCode?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
  @OneOf(directoryRoles, { optional: true }) readonly role?: string;
}

/** How many institutions each city has for each occupation on a day. */
export class FindCoverage extends Query<CoverageView> {
  constructor(readonly question: CoverageQuestion) {
    super();
  }
}

@QueryHandler(FindCoverage)
export class FindCoverageHandler implements IQueryHandler<FindCoverage> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute({ question }: FindCoverage) {
    const { on = this.clock.today(), cityCode = null, occupationCode = null, role = null } = question;
    const counted = await this.db.read<Counted>(counts, [on, cityCode, occupationCode, role]);
    const cells = counted
      .filter(({ role }) => role !== null)
      .map(({ all: _, ...row }) => ({ ...row, link: linkTo(row, on) }));
    return { on, organisations: counted.find(({ role }) => role === null)?.all ?? 0, cells };
  }
}

type Counted = Omit<CoverageRow, 'link'> & { all: number };

// The last row, without a role, counts all of them once.
const counts = `
  select organisation.city_code as "cityCode", occupation.code as "occupationCode", occupation.name as "occupationName",
    entry.role, count(distinct organisation.id)::int as organisations, count(*)::int as entries,
    count(distinct organisation.id)::int as "all"
  from directory_entry as entry
  join organisation on organisation.id = organisation_id
  join occupation on occupation.code = occupation_code
  where entry_covers(entry, $1) and standing_on(organisation.id, $1) = 'active'
    and ($2::text is null or organisation.city_code = $2) and ($3::text is null or occupation_code = $3)
    and ($4::text is null or entry.role = $4)
  group by grouping sets ((organisation.city_code, occupation.code, occupation.name, entry.role), ())
  order by 1, 2, 4`;

const linkTo = ({ cityCode, occupationCode, role }: Omit<CoverageRow, 'link'>, on: string) =>
  `/api/v1/institutions/organisations?${new URLSearchParams({ cityCode, occupationCode, directoryRole: role, on }).toString()}`;
