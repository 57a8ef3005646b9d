import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Instant, OneOf, organisationRoles, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing } from '@shuzheng/platform';

export class OrganisationDetails {
  @Uuid() readonly id!: string;
  @Text(1, 200) readonly name!: string;
  @Code({ nullable: true }) readonly creditCode!: string | null;
  @Code() readonly cityCode!: string;
  @OneOf(organisationRoles) readonly role!: string;
  @Instant() readonly registeredAt!: string;
  @Text(3, 200, { nullable: true, description: '只对本单位、所在市局和省厅可见' }) readonly contact!: string | null;
}

export class FindOrganisation extends Query<OrganisationDetails> {
  constructor(readonly organisationId: string) {
    super();
  }
}

@QueryHandler(FindOrganisation)
export class FindOrganisationHandler implements IQueryHandler<FindOrganisation> {
  constructor(private readonly db: Database) {}

  async execute({ organisationId }: FindOrganisation) {
    const [found] = await this.db.read<OrganisationDetails & Record<string, unknown>>(
      `select id, name, credit_code as "creditCode", city_code as "cityCode", role, registered_at as "registeredAt", contact
       from organisation
       -- Row-level security decides who sees the contact.
       left join (select organisation_id as id, contact from organisation_contact) as office using (id)
       where id = $1 and (role <> 'operator' or $2)`,
      [organisationId, actor().permissions.includes('organisations:manage')],
    );
    if (!found) throw new Missing();
    return found;
  }
}
