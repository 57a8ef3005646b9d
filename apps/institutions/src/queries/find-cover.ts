import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, directoryRoles, Flag, levels, OneOf, Text, Uuid } from '@shuzheng/contracts';
import {
  Clock,
  type CoverAsk,
  coverOf,
  coverReasons,
  Database,
  type DirectoryEntry,
  Missing,
} from '@shuzheng/platform';

export class CoverView {
  @Flag() readonly allowed!: boolean;
  @Uuid({ nullable: true, description: '依据的目录条目' }) readonly entryId!: string | null;
  @OneOf(Object.keys(coverReasons), { nullable: true, description: '缺少的范围' }) readonly missing!: string | null;
  @Text(1, 200) readonly title!: string;
  @Text(1, 200, { nullable: true }) readonly advice!: string | null;
  @Day() readonly on!: string;
}

export class CoverQuestion {
  @Uuid() readonly organisationId!: string;
  @OneOf(directoryRoles) readonly role!: 'training' | 'evaluation';
  @Code() readonly occupationCode!: string;
  @OneOf(levels) readonly level!: string;
  @Text(1, 100, { optional: true, description: '不分方向时为 --' }) readonly direction?: string;
  @Day({ optional: true, description: '默认为今日；可以是过去的日期' }) readonly on?: string;
}

/** Was this organisation allowed to do this on that day, and by which entry? */
export class FindCover extends Query<CoverView> {
  constructor(readonly question: CoverQuestion) {
    super();
  }
}

@QueryHandler(FindCover)
export class FindCoverHandler implements IQueryHandler<FindCover> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute({ question: { organisationId, direction = '--', on = this.clock.today(), ...ask } }: FindCover) {
    const entries = await this.db.read<DirectoryEntry & { known: boolean }>(
      `select entry.id as "entryId", entry.role, occupation_code as "occupationCode", direction,
         string_to_array(levels, ',') as levels, valid_from as "from", valid_to as "to", suspended_from as "suspendedFrom"
       from organisation left join directory_entry as entry on organisation_id = organisation.id
       where organisation.id = $1 and organisation.role <> 'operator' order by valid_from, entry.id`,
      [organisationId],
    );
    // An organisation without entries is one row of nothing.
    if (entries.length === 0) throw new Missing();
    return answer(
      entries.filter(({ entryId }) => entryId !== null),
      { ...ask, direction, day: on },
    );
  }
}

function answer(entries: readonly DirectoryEntry[], ask: CoverAsk): CoverView {
  const cover = coverOf(entries, ask);
  if ('entryId' in cover)
    return { allowed: true, entryId: cover.entryId, missing: null, title: '在目录内', advice: null, on: ask.day };
  const { title, advice } = coverReasons[cover.missing];
  return { allowed: false, entryId: null, missing: cover.missing, title, advice, on: ask.day };
}
