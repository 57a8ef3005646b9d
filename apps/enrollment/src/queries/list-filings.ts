import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Instant, Int, Json, OneOf, planKinds, Sha256, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Database, type Page, page, PageOf, PageQuery } from '@shuzheng/platform';
import { recipientOf } from '../data/recipients.js';

export class FilingView {
  @Uuid() readonly id!: string;
  @Uuid() readonly planId!: string;
  @OneOf(planKinds) readonly kind!: string;
  @Int(1, 1000) readonly version!: number;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Code() readonly cityCode!: string;
  @Json({ description: '备案内容' }) readonly content!: object;
  @Texts(10, { description: '待核实的事项' }) readonly unverified!: string[];
  @Sha256() readonly sha256!: string;
  @Instant() readonly filedAt!: string;
  @Instant({ description: '首次备案时间' }) readonly firstFiledAt!: string;
}
export const FilingPage = PageOf(FilingView);

export class FilingFilter extends PageQuery {
  @OneOf(planKinds, { optional: true }) readonly kind?: string;
}

/** What waits for the caller's receipt. */
export class ListFilings extends Query<Page<FilingView>> {
  constructor(readonly filter: FilingFilter) {
    super();
  }
}

@QueryHandler(ListFilings)
export class ListFilingsHandler implements IQueryHandler<ListFilings> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: ListFilings) {
    return page<FilingView & Record<string, unknown>>(
      this.db,
      {
        columns: {
          id: 'filing.id',
          planId: 'filing.plan_id',
          kind: 'filing.kind',
          version: 'filing.version',
          organisationId: 'filing.organisation_id',
          organisationName: 'organisation.name',
          cityCode: 'filing.city_code',
          content: 'filing.content',
          unverified: 'filing.unverified',
          sha256: 'filing.sha256',
          filedAt: 'filing.filed_at',
          firstFiledAt: 'filing.first_filed_at',
        },
        from: 'filing left join known_organisation as organisation on organisation.id = filing.organisation_id',
        where: [
          [
            'not exists (select from receipt where receipt.filing_id = filing.id and recipient = ?)',
            recipientOf(actor()),
          ],
          ['filing.kind = ?', filter.kind],
        ],
        sorts: ['filedAt'],
      },
      filter,
    );
  }
}
