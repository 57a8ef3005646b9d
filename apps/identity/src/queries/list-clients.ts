import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Flag, Instant, Int, List, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

export class ClientSecretView {
  @Int(1, 1_000_000) readonly number!: number;
  @Instant() readonly issuedAt!: string;
  @Instant({ nullable: true, description: '失效时刻；null 为长期' }) readonly endsAt!: string | null;
  @Day({ nullable: true }) readonly lastUsedOn!: string | null;
}

export class ClientView {
  @Uuid() readonly id!: string;
  @Text(2, 100) readonly name!: string;
  @Uuid() readonly organisationId!: string;
  @Texts(60) readonly permissions!: string[];
  @Flag({ description: '有可用的密钥' }) readonly hasSecret!: boolean;
  @List(() => ClientSecretView, 0, 2, { description: '可用的密钥' }) readonly secrets!: ClientSecretView[];
  @Day({ nullable: true, description: '最近使用日' }) readonly lastUsedOn!: string | null;
  @Day({ nullable: true, description: '到期日（含）' }) readonly expiresOn!: string | null;
  @Instant() readonly createdAt!: string;
  @Instant({ nullable: true }) readonly withdrawnAt!: string | null;
}
export const ClientPage = PageOf(ClientView);

export class ClientFilter extends SortedBy('name', 'createdAt', 'lastUsedOn', 'expiresOn') {
  @Uuid({ optional: true }) readonly organisationId?: string;
  @OneOf(['live', 'withdrawn'], { optional: true }) readonly state?: string;
}

export class ListClients extends Query<Page<ClientView>> {
  constructor(readonly filter: ClientFilter) {
    super();
  }
}

@QueryHandler(ListClients)
export class ListClientsHandler implements IQueryHandler<ListClients> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListClients) {
    return page<ClientView>(
      this.db,
      {
        columns: {
          id: 'id',
          name: 'name',
          organisationId: 'organisation_id',
          permissions: 'permissions',
          hasSecret: `exists (select 1 from client_secret where client_id = client.id and ${live})`,
          secrets,
          lastUsedOn: '(select max(last_used_on) from client_secret where client_id = client.id)',
          expiresOn: 'expires_on',
          createdAt: 'created_at',
          withdrawnAt: 'withdrawn_at',
        },
        from: 'client',
        where: [
          ['organisation_id = ?', filter.organisationId],
          [`case when withdrawn_at is null then 'live' else 'withdrawn' end = ?`, filter.state],
        ],
      },
      filter,
    );
  }
}

const live = `coalesce(client_secret.ends_at, 'infinity') > clock_timestamp()`;
const secrets = `(
  select coalesce(json_agg(json_build_object('number', number, 'issuedAt', issued_at, 'endsAt', ends_at,
    'lastUsedOn', last_used_on) order by number desc), '[]'::json)
  from client_secret where client_id = client.id and ${live})`;
