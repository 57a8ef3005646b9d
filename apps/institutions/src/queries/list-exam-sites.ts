import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Instant, Int, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { Type } from 'class-transformer';

export class ExamSiteView {
  @Uuid() readonly id!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200) readonly organisationName!: string;
  @Code() readonly cityCode!: string;
  @Text(1, 100) readonly name!: string;
  @Text(1, 200) readonly address!: string;
  @Int(1, 10_000) readonly seats!: number;
  @Texts(50, { nullable: true, description: '所限的职业编码；null 表示不限' })
  readonly occupationCodes!: string[] | null;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Text(1, 500, { nullable: true, description: '关闭的依据' }) readonly closingBasis!: string | null;
  @Instant() readonly recordedAt!: string;
  @Int(1, 1_000_000, { description: '修改时放入 If-Match' }) readonly version!: number;
}
export const ExamSitePage = PageOf(ExamSiteView);

export class ExamSiteFilter extends SortedBy('cityCode', 'name', 'seats', 'from', 'recordedAt') {
  @Code({ optional: true }) readonly cityCode?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Code({ optional: true, description: '包括不限职业的考点' }) readonly occupationCode?: string;
  @Text(1, 100, { optional: true, description: '名称中的文字' }) readonly q?: string;
  @Type(() => Number)
  @Int(1, 10_000, { optional: true, description: '至少能容纳的人数' })
  readonly seats?: number;
  @Day({ optional: true, description: '只列当日可用的考点' }) readonly on?: string;
}

export class ListExamSites extends Query<Page<ExamSiteView>> {
  constructor(
    readonly filter: ExamSiteFilter,
    /** Only this one. */
    readonly siteId?: string,
  ) {
    super();
  }
}

@QueryHandler(ListExamSites)
export class ListExamSitesHandler implements IQueryHandler<ListExamSites> {
  constructor(private readonly db: Database) {}

  execute({ filter, siteId }: ListExamSites) {
    return page<ExamSiteView & Record<string, unknown>>(
      this.db,
      {
        columns: {
          id: 'site.id',
          organisationId: 'organisation_id',
          organisationName: 'organisation.name',
          cityCode: 'site.city_code',
          name: 'site.name',
          address: 'address',
          seats: 'seats',
          occupationCodes: 'occupation_codes',
          from: 'valid_from',
          to: 'valid_to',
          closingBasis: 'closing_basis',
          recordedAt: 'recorded_at',
          version: 'site.version',
        },
        from: 'exam_site as site join organisation on organisation.id = organisation_id',
        where: [
          ['site.id = ?', siteId],
          ['site.city_code = ?', filter.cityCode],
          ['organisation_id = ?', filter.organisationId],
          ['occupation_codes is null or ? = any (occupation_codes)', filter.occupationCode],
          ['position(name_key(?) in name_key(site.name)) > 0', filter.q],
          ['seats >= ?', filter.seats],
          [`daterange(valid_from, valid_to, '[]') @> ?::date`, filter.on],
        ],
      },
      filter,
    );
  }
}
