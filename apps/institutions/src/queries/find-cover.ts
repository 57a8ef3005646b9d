import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  Code,
  Day,
  directoryRoles,
  Flag,
  levels,
  Nested,
  OneOf,
  organisationStatuses,
  Text,
  Uuid,
} from '@shuzheng/contracts';
import {
  Clock,
  type CoverAsk,
  type CoverFault,
  coverOf,
  coverReasons,
  Database,
  type DirectoryEntry,
  Missing,
} from '@shuzheng/platform';
import { entriesOn } from '../domain/covering.js';
import type { Suspension } from '../domain/entry-states.js';
import { type StandingChange, standingOn } from '../domain/organisation-states.js';

export class CoveringEntry {
  @Uuid() readonly entryId!: string;
  @Text(1, 100, { description: '批次' }) readonly batch!: string;
  @Uuid({ nullable: true, description: '随批次文件录入时的批次' }) readonly batchId!: string | null;
  @Text(1, 500, { description: '出处' }) readonly source!: string;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
}

export class CoverView {
  @Flag() readonly allowed!: boolean;
  @Uuid({ nullable: true, description: '依据的目录条目' }) readonly entryId!: string | null;
  @OneOf(Object.keys(coverReasons), { nullable: true, description: '缺少的范围' }) readonly missing!: string | null;
  @Text(1, 200) readonly title!: string;
  @Text(1, 200, { nullable: true }) readonly advice!: string | null;
  @Day() readonly on!: string;
  @Nested(() => CoveringEntry, { nullable: true, description: '依据的目录条目及其批次' })
  readonly entry!: CoveringEntry | null;
  @OneOf(organisationStatuses, { description: '机构当日的状态' }) readonly status!: string;
  @Flag({ nullable: true, description: '此前已开始的活动能否完成；null 表示没有此规则' })
  readonly mayFinish!: boolean | null;
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

type Entry = Omit<DirectoryEntry, 'suspendedFrom'> & Omit<CoveringEntry, 'entryId'> & { suspensions: Suspension[] };
interface Known {
  readonly standings: StandingChange[];
  readonly mayFinish: boolean | null;
}

@QueryHandler(FindCover)
export class FindCoverHandler implements IQueryHandler<FindCover> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute({ question: { organisationId, direction = '--', on = this.clock.today(), ...ask } }: FindCover) {
    return this.db.transaction(async () => {
      const [known] = await this.db.read<Known & Record<string, unknown>>(organisationOn, [organisationId, on]);
      if (!known) throw new Missing();
      const entries = await this.db.read<Entry>(entriesOf, [organisationId]);
      return answer(entries, known, { ...ask, direction, day: on });
    });
  }
}

const organisationOn = `
  select coalesce((select json_agg(json_build_object('status', status, 'from', valid_from) order by sequence)
      from organisation_standing where organisation_id = organisation.id), '[]') as standings,
    (select (value ->> 'mayFinish')::boolean from rule_record
     where rule = 'cover-finish' and valid_from <= $2 and (valid_to is null or $2 <= valid_to)
       and (withdrawn_on is null or $2 < withdrawn_on) order by valid_from desc limit 1) as "mayFinish"
  from organisation where id = $1 and role <> 'operator'`;

const entriesOf = `
  select id as "entryId", role, occupation_code as "occupationCode", direction,
    string_to_array(levels, ',') as levels, valid_from as "from", valid_to as "to", batch, batch_id as "batchId", source,
    coalesce((select json_agg(json_build_object('suspendedFrom', suspended_from, 'resumedFrom', resumed_from) order by sequence)
      from directory_suspension where entry_id = entry.id), '[]') as suspensions
  from directory_entry as entry where organisation_id = $1 order by valid_from, id`;

function answer(entries: readonly Entry[], { standings, mayFinish }: Known, ask: CoverAsk): CoverView {
  const standing = standingOn(standings, ask.day);
  const cover = coverOf(entriesOn(entries, ask.day), ask, standing);
  const shared = { on: ask.day, status: standing?.status ?? 'active', mayFinish };
  if (!('entryId' in cover))
    return { ...shared, ...refusal(cover.missing), allowed: false, entryId: null, entry: null };
  const entry = entries.find(({ entryId }) => entryId === cover.entryId);
  return {
    ...shared,
    allowed: true,
    entryId: cover.entryId,
    missing: null,
    title: '在目录内',
    advice: null,
    entry: entry ? coveringEntry(entry) : null,
  };
}

const refusal = (missing: CoverFault) => {
  const { title, advice } = coverReasons[missing];
  return { missing, title, advice };
};

const coveringEntry = ({ entryId, batch, batchId, source, from, to }: Entry): CoveringEntry => ({
  entryId,
  batch,
  batchId,
  source,
  from,
  to,
});
