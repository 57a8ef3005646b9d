import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  Code,
  Day,
  Instant,
  Int,
  List,
  OneOf,
  organisationRoles,
  organisationStatuses,
  Text,
  Uuid,
} from '@shuzheng/contracts';
import { actor, Clock, Database, Missing } from '@shuzheng/platform';
import { StandingView, standingsOf } from '../data/standings.js';
import { type OrganisationState, organisationStateTitles } from '../domain/organisation-states.js';

export class OrganisationDetails extends StandingView {
  @Uuid() readonly id!: string;
  @Text(1, 200) readonly name!: string;
  @Code({ nullable: true }) readonly creditCode!: string | null;
  @Code() readonly cityCode!: string;
  @OneOf(organisationRoles) readonly role!: string;
  @Instant() readonly registeredAt!: string;
  @Text(3, 200, { nullable: true, description: '只对本单位、所在市局和省厅可见' }) readonly contact!: string | null;
  @Int(1, 1_000_000, { description: '修改时放入 If-Match' }) readonly version!: number;
}

export class FindOrganisation extends Query<OrganisationDetails> {
  constructor(readonly organisationId: string) {
    super();
  }
}

const visible = `id = $1 and (role <> 'operator' or $2)`;
const asked = (organisationId: string) => [organisationId, actor().permissions.includes('organisations:manage')];

@QueryHandler(FindOrganisation)
export class FindOrganisationHandler implements IQueryHandler<FindOrganisation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute({ organisationId }: FindOrganisation): Promise<OrganisationDetails> {
    const [found] = await this.db.read<Omit<OrganisationDetails, keyof StandingView>>(
      `select id, name, credit_code as "creditCode", city_code as "cityCode", role, registered_at as "registeredAt", version,
         -- Row-level security decides who sees the contact.
         (select contact from organisation_contact as office where office.organisation_id = organisation.id
          order by office.version desc limit 1) as contact
       from organisation where ${visible}`,
      asked(organisationId),
    );
    if (!found) throw new Missing();
    const standing = await standingsOf(this.db, [organisationId], this.clock.today());
    return { ...found, ...standing(organisationId) };
  }
}

export class OrganisationVersion {
  @Int(1, 1_000_000) readonly version!: number;
  @Text(1, 200) readonly name!: string;
  @Code({ nullable: true }) readonly creditCode!: string | null;
  @Code() readonly cityCode!: string;
  @Text(1, 500, { nullable: true, description: '变更的依据；首次登记为 null' }) readonly basis!: string | null;
  @Instant() readonly changedAt!: string;
  @Text(3, 200, { nullable: true, description: '当时的联系方式；只对本单位、所在市局和省厅可见' })
  readonly contact!: string | null;
}

export class OrganisationStanding {
  @OneOf(organisationStatuses) readonly status!: OrganisationState;
  @Text(1, 20) readonly title!: string;
  @Day({ description: '自该日起；后登记的优先' }) readonly from!: string;
  @Text(1, 500) readonly basis!: string;
  @Text(1, 500, { nullable: true, description: '规定追溯的文件和条款' }) readonly retroactiveBasis!: string | null;
  @Instant() readonly recordedAt!: string;
}

export class OrganisationHistory {
  @Uuid() readonly id!: string;
  @List(() => OrganisationVersion, 1, 10_000) readonly versions!: OrganisationVersion[];
  @List(() => OrganisationStanding, 0, 10_000) readonly standings!: OrganisationStanding[];
}

/** Every version of what was known of an organisation, and every change of its standing, in their order. */
export class FindOrganisationHistory extends Query<OrganisationHistory> {
  constructor(readonly organisationId: string) {
    super();
  }
}

@QueryHandler(FindOrganisationHistory)
export class FindOrganisationHistoryHandler implements IQueryHandler<FindOrganisationHistory> {
  constructor(private readonly db: Database) {}

  async execute({ organisationId }: FindOrganisationHistory) {
    return this.db.transaction(async () => {
      const versions = await this.db.read<OrganisationVersion & Record<string, unknown>>(
        `select kept.version, kept.name, kept.credit_code as "creditCode", kept.city_code as "cityCode", basis,
           changed_at as "changedAt", (select contact from organisation_contact as office
             where office.organisation_id = id and office.version <= kept.version order by office.version desc limit 1) as contact
         from organisation_version as kept join organisation on id = kept.organisation_id
         where ${visible} order by kept.version`,
        asked(organisationId),
      );
      if (versions.length === 0) throw new Missing();
      const standings = await this.db.read<Omit<OrganisationStanding, 'title'>>(
        `select status, valid_from as "from", basis, retroactive_basis as "retroactiveBasis", recorded_at as "recordedAt"
         from organisation_standing where organisation_id = $1 order by sequence`,
        [organisationId],
      );
      const titled = standings.map((one) => ({ ...one, title: organisationStateTitles[one.status] }));
      return { id: organisationId, versions, standings: titled };
    });
  }
}
