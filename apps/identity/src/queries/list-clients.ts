import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Flag, Instant, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, PageQuery } from '@shuzheng/platform';

export class ClientView {
  @Uuid() readonly id!: string;
  @Text(2, 100) readonly name!: string;
  @Uuid() readonly organisationId!: string;
  @Texts(60) readonly permissions!: string[];
  @Flag({ description: '已生成密钥' }) readonly hasSecret!: boolean;
  @Instant() readonly createdAt!: string;
  @Instant({ nullable: true }) readonly withdrawnAt!: string | null;
}
export const ClientPage = PageOf(ClientView);

export class ClientFilter extends PageQuery {
  @Uuid({ optional: true }) readonly organisationId?: string;
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
          hasSecret: 'secret_digest is not null',
          createdAt: 'created_at',
          withdrawnAt: 'withdrawn_at',
        },
        from: 'client',
        where: [['organisation_id = ?', filter.organisationId]],
        sorts: ['name', 'createdAt'],
      },
      filter,
    );
  }
}
