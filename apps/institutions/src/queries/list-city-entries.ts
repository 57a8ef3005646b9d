import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, levels, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

export class CityEntryView {
  @Uuid() readonly id!: string;
  @Code() readonly cityCode!: string;
  @OneOf(['institution', 'project']) readonly kind!: string;
  @Uuid({ nullable: true, description: '已登记的机构' }) readonly organisationId!: string | null;
  @Text(1, 200) readonly name!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 100) readonly occupationName!: string;
  @OneOf(levels, { nullable: true, description: 'null 表示全部等级' }) readonly level!: string | null;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Text(1, 500) readonly document!: string;
  @Text(1, 500, { nullable: true, description: '提前终止的依据' }) readonly endBasis!: string | null;
  @Instant() readonly recordedAt!: string;
  @Int(1, 1_000_000, { description: '修改时放入 If-Match' }) readonly version!: number;
}
export const CityEntryPage = PageOf(CityEntryView);

export class CityEntryFilter extends SortedBy('cityCode', 'name', 'occupationCode', 'from', 'recordedAt') {
  @Code({ optional: true }) readonly cityCode?: string;
  @OneOf(['institution', 'project'], { optional: true }) readonly kind?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
  @OneOf(levels, { optional: true, description: '包括不分等级的条目' }) readonly level?: string;
  @Text(1, 100, { optional: true, description: '名称中的文字' }) readonly q?: string;
  @Day({ optional: true, description: '只列当日有效的条目' }) readonly on?: string;
}

export class ListCityEntries extends Query<Page<CityEntryView>> {
  constructor(readonly filter: CityEntryFilter) {
    super();
  }
}

@QueryHandler(ListCityEntries)
export class ListCityEntriesHandler implements IQueryHandler<ListCityEntries> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListCityEntries) {
    return page<CityEntryView & Record<string, unknown>>(
      this.db,
      {
        columns: {
          id: 'entry.id',
          cityCode: 'city_code',
          kind: 'kind',
          organisationId: 'organisation_id',
          name: 'entry.name',
          occupationCode: 'occupation_code',
          occupationName: 'occupation.name',
          level: 'level',
          from: 'valid_from',
          to: 'valid_to',
          document: 'document',
          endBasis: 'end_basis',
          recordedAt: 'recorded_at',
          version: 'entry.version',
        },
        from: 'city_entry as entry join occupation on occupation.code = occupation_code',
        where: [
          ['city_code = ?', filter.cityCode],
          ['kind = ?', filter.kind],
          ['organisation_id = ?', filter.organisationId],
          ['occupation_code = ?', filter.occupationCode],
          ['level is null or level = ?', filter.level],
          ['position(name_key(?) in name_key(entry.name)) > 0', filter.q],
          [`daterange(valid_from, valid_to, '[]') @> ?::date`, filter.on],
        ],
      },
      filter,
    );
  }
}
