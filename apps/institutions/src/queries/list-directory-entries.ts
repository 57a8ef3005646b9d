import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, directoryRoles, Instant, Int, List, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { entryActs, entryStates } from '../domain/entry-states.js';

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
  @Uuid({ nullable: true, description: '随批次文件录入时的批次' }) readonly batchId!: string | null;
  @Text(1, 500) readonly source!: string;
  @Day({ nullable: true, description: '自该日起暂停' }) readonly suspendedFrom!: string | null;
  @Text(1, 500, { nullable: true }) readonly suspensionBasis!: string | null;
  @Int(1, 1_000_000, { description: '修改时放入 If-Match' }) readonly version!: number;
}
export const DirectoryEntryPage = PageOf(DirectoryEntryView);

export class DirectoryEntryFilter extends SortedBy('from', 'organisationName', 'occupationCode') {
  @Uuid({ optional: true }) readonly organisationId?: string;
  @OneOf(directoryRoles, { optional: true }) readonly role?: string;
  @Code({ optional: true }) readonly occupationCode?: string;
  @Day({ optional: true, description: '只列当日有效且未暂停的条目' }) readonly on?: string;
  @Uuid({ optional: true }) readonly batchId?: string;
  @Code({ optional: true, description: '机构所在市' }) readonly cityCode?: string;
  @OneOf(entryStates, { optional: true, description: 'listed 未暂停，suspended 已登记暂停' }) readonly state?: string;
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
          batchId: 'batch_id',
          source: 'entry.source',
          suspendedFrom: 'suspended_from',
          suspensionBasis: 'suspension_basis',
          version: 'entry.version',
        },
        from: `directory_entry as entry join organisation on organisation.id = organisation_id
          join occupation on occupation.code = occupation_code`,
        where: [
          ['entry.id = ?', entryId],
          ['organisation_id = ?', filter.organisationId],
          ['entry.role = ?', filter.role],
          ['occupation_code = ?', filter.occupationCode],
          ['entry_covers(entry, ?::date)', filter.on],
          ['batch_id = ?', filter.batchId],
          ['organisation.city_code = ?', filter.cityCode],
          ['(suspended_from is not null) = ?::boolean', filter.state && filter.state === 'suspended'],
        ],
      },
      filter,
    );
  }
}

export class EntryVersion {
  @Int(1, 1_000_000) readonly version!: number;
  @OneOf(['record', ...Object.keys(entryActs)]) readonly act!: string;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Day({ nullable: true }) readonly suspendedFrom!: string | null;
  @Text(1, 1100, { nullable: true }) readonly basis!: string | null;
  @Instant() readonly changedAt!: string;
}

export class EntryHistoryView {
  @Uuid() readonly id!: string;
  @List(() => EntryVersion, 1, 10_000) readonly versions!: EntryVersion[];
}

/** Every version of an entry, and what made it. */
export class FindEntryHistory extends Query<EntryHistoryView> {
  constructor(readonly entryId: string) {
    super();
  }
}

@QueryHandler(FindEntryHistory)
export class FindEntryHistoryHandler implements IQueryHandler<FindEntryHistory> {
  constructor(private readonly db: Database) {}

  async execute({ entryId }: FindEntryHistory) {
    const versions = await this.db.read<EntryVersion & Record<string, unknown>>(
      `select version, act, valid_from as "from", valid_to as "to", suspended_from as "suspendedFrom", basis,
         changed_at as "changedAt" from directory_entry_version where entry_id = $1 order by version`,
      [entryId],
    );
    if (versions.length === 0) throw new Missing();
    return { id: entryId, versions };
  }
}
