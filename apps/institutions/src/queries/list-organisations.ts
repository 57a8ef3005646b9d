import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Instant, OneOf, organisationRoles, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, type Page, page, PageOf, PageQuery } from '@shuzheng/platform';

export class OrganisationView {
  @Uuid() readonly id!: string;
  @Text(1, 200) readonly name!: string;
  @Code({ nullable: true }) readonly creditCode!: string | null;
  @Code() readonly cityCode!: string;
  @OneOf(organisationRoles) readonly role!: string;
  @Instant() readonly registeredAt!: string;
}
export const OrganisationPage = PageOf(OrganisationView);

export class OrganisationFilter extends PageQuery {
  @OneOf(organisationRoles, { optional: true }) readonly role?: string;
  @Code({ optional: true }) readonly cityCode?: string;
  @Text(1, 100, { optional: true, description: '名称中的文字' }) readonly name?: string;
}

export class ListOrganisations extends Query<Page<OrganisationView>> {
  constructor(readonly filter: OrganisationFilter) {
    super();
  }
}

@QueryHandler(ListOrganisations)
export class ListOrganisationsHandler implements IQueryHandler<ListOrganisations> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListOrganisations) {
    return page<OrganisationView>(
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
        ],
        sorts: ['name', 'registeredAt'],
      },
      filter,
    );
  }
}

/** Whoever runs the registry takes no part in the programme: only those who register organisations see it. */
const hidden = () => (actor().permissions.includes('organisations:manage') ? undefined : 'operator');
