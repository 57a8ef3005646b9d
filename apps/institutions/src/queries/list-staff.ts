import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, levels, List, OneOf, staffKinds, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { QualificationContent } from '../data/staff.js';

export class StaffView {
  @Uuid() readonly id!: string;
  @Uuid() readonly organisationId!: string;
  @OneOf(staffKinds) readonly kind!: string;
  @Text(1, 60, { description: '只显示姓' }) readonly maskedName!: string;
  @Texts(50, { description: '有资格的职业编码' }) readonly occupationCodes!: string[];
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Text(1, 500, { nullable: true }) readonly endBasis!: string | null;
  @Instant() readonly recordedAt!: string;
  @Int(1, 1_000_000, { description: '修改时放入 If-Match' }) readonly version!: number;
}
export const StaffPage = PageOf(StaffView);

export class StaffDetails extends StaffView {
  @Text(1, 60, { nullable: true, description: '姓名；只对本单位显示' }) readonly name!: string | null;
  @List(() => QualificationContent, 0, 50) readonly qualifications!: QualificationContent[];
}

export class StaffFilter extends SortedBy('-recordedAt', 'kind', 'from') {
  @OneOf(staffKinds, { optional: true }) readonly kind?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
  @OneOf(levels, { optional: true, description: '包括不分等级的资格' }) readonly level?: string;
  @Day({ optional: true, description: '只列当日在岗的人员' }) readonly on?: string;
}

/** The teachers and examiners that the caller may see: row-level security decides. */
export class ListStaff extends Query<Page<StaffView>> {
  constructor(readonly filter: StaffFilter) {
    super();
  }
}

export class FindStaff extends Query<StaffDetails> {
  constructor(readonly staffId: string) {
    super();
  }
}

const columns = {
  id: 'id',
  organisationId: 'organisation_id',
  kind: 'kind',
  maskedName: 'masked_name',
  occupationCodes: `array(select distinct occupation_code from staff_qualification where staff_id = staff.id order by 1)`,
  from: 'valid_from',
  to: 'valid_to',
  endBasis: 'end_basis',
  recordedAt: 'recorded_at',
  version: 'version',
};
const qualified = `exists (select from staff_qualification as one where one.staff_id = staff.id`;

@QueryHandler(ListStaff)
export class ListStaffHandler implements IQueryHandler<ListStaff> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListStaff) {
    return page<StaffView & Record<string, unknown>>(
      this.db,
      {
        columns,
        from: 'staff',
        where: [
          ['kind = ?', filter.kind],
          [`${qualified} and occupation_code = ?)`, filter.occupationCode],
          [`${qualified} and (level is null or level = ?))`, filter.level],
          [`daterange(valid_from, valid_to, '[]') @> ?::date`, filter.on],
        ],
      },
      filter,
    );
  }
}

@QueryHandler(FindStaff)
export class FindStaffHandler implements IQueryHandler<FindStaff> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ staffId }: FindStaff): Promise<StaffDetails> {
    return this.db.transaction(async () => {
      const selected = Object.entries(columns).map(([as, column]) => `${column} as "${as}"`);
      const [found] = await this.db.read<StaffView & { sealed: string }>(
        `select ${selected.join(', ')}, name_sealed as sealed from staff where id = $1`,
        [staffId],
      );
      if (!found) throw new Missing();
      const { sealed, ...staff } = found;
      const qualifications = await this.db.read<QualificationContent & Record<string, unknown>>(
        `select occupation_code as "occupationCode", level, certificate, source, valid_from as "from", valid_to as "to"
         from staff_qualification where staff_id = $1 order by nth`,
        [staffId],
      );
      const own = actor().reach === 'organisation';
      const name = own ? this.personal.open('staff', 'name_sealed', staffId, sealed) : null;
      return { ...staff, name, qualifications };
    });
  }
}
