import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, directoryRoles, Int, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, PageQuery } from '@shuzheng/platform';

export class DirectoryEntryView {
  @Uuid() readonly id!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200) readonly organisationName!: string;
  @OneOf(directoryRoles) readonly role!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 100) readonly occupationName!: string;
  @Text(1, 100, { nullable: true, description: 'null 表示目录未写明' }) readonly direction!: string | null;
  @Texts(3, { nullable: true, description: 'null 表示目录未写明' }) readonly levels!: string[] | null;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Text(1, 100) readonly batch!: string;
  @Text(1, 500) readonly source!: string;
  @Day({ nullable: true, description: '自该日起暂停' }) readonly suspendedFrom!: string | null;
  @Text(1, 500, { nullable: true }) readonly suspensionBasis!: string | null;
  @Int(1, 1_000_000, { description: '修改时放入 If-Match' }) readonly version!: number;
}
export const DirectoryEntryPage = PageOf(DirectoryEntryView);

export class DirectoryEntryFilter extends PageQuery {
  @Uuid({ optional: true }) readonly organisationId?: string;
  @OneOf(directoryRoles, { optional: true }) readonly role?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
  @Day({ optional: true, description: '只列当日有效且未暂停的条目' }) readonly on?: string;
}

export class ListDirectoryEntries extends Query<Page<DirectoryEntryView>> {
  constructor(
    readonly filter: DirectoryEntryFilter,
    /** Only this one. */
    readonly entryId?: string,
  ) {
    super();
  }
}

@QueryHandler(ListDirectoryEntries)
export class ListDirectoryEntriesHandler implements IQueryHandler<ListDirectoryEntries> {
  constructor(private readonly db: Database) {}

  execute({ filter, entryId }: ListDirectoryEntries) {
    return page<DirectoryEntryView>(
      this.db,
      {
        columns: {
          id: 'entry.id',
          organisationId: 'organisation_id',
          organisationName: 'organisation.name',
          role: 'entry.role',
          occupationCode: 'occupation_code',
          occupationName: 'occupation.name',
          direction: 'direction',
          levels: `string_to_array(levels, ',')`,
          from: 'valid_from',
          to: 'valid_to',
          batch: 'batch',
          source: 'entry.source',
          suspendedFrom: 'suspended_from',
          suspensionBasis: 'suspension_basis',
          version: 'version',
        },
        from: `directory_entry as entry join organisation on organisation.id = organisation_id
          join occupation on occupation.code = occupation_code`,
        where: [
          ['entry.id = ?', entryId],
          ['organisation_id = ?', filter.organisationId],
          ['entry.role = ?', filter.role],
          ['occupation_code = ?', filter.occupationCode],
          ['in_force @> ?::date', filter.on],
        ],
        sorts: ['from', 'organisationName', 'occupationCode'],
      },
      filter,
    );
  }
}
