import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  Code,
  Day,
  directoryRoles,
  Instant,
  OneOf,
  organisationRoles,
  organisationStatuses,
  Text,
  Uuid,
} from '@shuzheng/contracts';
import { actor, Clock, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { StandingView, standingsOf } from '../data/standings.js';

export class OrganisationView extends StandingView {
  @Uuid() readonly id!: string;
  @Text(1, 200) readonly name!: string;
  @Code({ nullable: true }) readonly creditCode!: string | null;
  @Code() readonly cityCode!: string;
  @OneOf(organisationRoles) readonly role!: string;
  @Instant() readonly registeredAt!: string;
}
export const OrganisationPage = PageOf(OrganisationView);

export class OrganisationFilter extends SortedBy('name', 'registeredAt') {
  @Text(1, 100, { optional: true, description: '名称中的文字，或统一社会信用代码' }) readonly q?: string;
  @OneOf(organisationRoles, { optional: true }) readonly role?: string;
  @Code({ optional: true }) readonly cityCode?: string;
  @Text(1, 100, { optional: true, description: '名称中的文字' }) readonly name?: string;
  @OneOf(organisationStatuses, { optional: true, description: '在 on 当日的状态' }) readonly status?: string;
  @Code({ optional: true, description: '在 on 当日目录内有此职业' }) readonly occupationCode?: string;
  @OneOf(directoryRoles, { optional: true, description: '与 occupationCode 一起使用' }) readonly directoryRole?: string;
  @Day({ optional: true, description: '默认为今日；可以是过去的日期' }) readonly on?: string;
}

export class ListOrganisations extends Query<Page<OrganisationView>> {
  constructor(readonly filter: OrganisationFilter) {
    super();
  }
}

type Row = Omit<OrganisationView, keyof StandingView>;

const covers = `exists (
  select from directory_entry as entry
  where organisation_id = organisation.id and occupation_code = (?::text[])[1]
    and ((?::text[])[3] is null or entry.role = (?::text[])[3]) and entry_covers(entry, (?::text[])[2]::date)
) and standing_on(organisation.id, (?::text[])[2]::date) = 'active'`;

@QueryHandler(ListOrganisations)
export class ListOrganisationsHandler implements IQueryHandler<ListOrganisations> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute({ filter }: ListOrganisations) {
    const { on = this.clock.today(), status, occupationCode, directoryRole = null } = filter;
    const listed = await page<Row & Record<string, unknown>>(
      this.db,
      {
        columns: {
          id: 'id',
          name: 'name',
          creditCode: 'credit_code',
          cityCode: 'city_code',
          role: 'role',
          registeredAt: 'registered_at',
        },
        from: 'organisation',
        where: [
          ['role <> ?', hidden()],
          ['role = ?', filter.role],
          ['city_code = ?', filter.cityCode],
          ['position(? in name) > 0', filter.name],
          ['position(name_key(?) in name_key(name)) > 0 or credit_code = upper(?)', filter.q],
          ['standing_on(id, (?::text[])[1]::date) = (?::text[])[2]', status && [on, status]],
          [covers, occupationCode && [occupationCode, on, directoryRole]],
        ],
      },
      filter,
    );
    const standing = await standingsOf(
      this.db,
      listed.items.map(({ id }) => id),
      this.clock.today(),
    );
    return { ...listed, items: listed.items.map((row): OrganisationView => ({ ...row, ...standing(row.id) })) };
  }
}

/** Whoever runs the registry takes no part in the programme: only those who register organisations see it. */
const hidden = () => (actor().permissions.includes('organisations:manage') ? undefined : 'operator');
