import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { OneOf, planKinds, Uuid } from '@shuzheng/contracts';
import { actor, Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { filingsFor, FilingView, type FoundFiling, toldFiling } from '../data/filing-views.js';
import { PlanStatuses } from '../data/plan-status.js';
import { standings } from '../domain/plan-status.js';

export const FilingPage = PageOf(FilingView);

export class FilingFilter extends SortedBy('filedAt', 'firstFiledAt') {
  @OneOf(planKinds, { optional: true }) readonly kind?: string;
  @OneOf([...standings, 'all'], { optional: true, description: '默认为待出具回执的（awaiting 和 resubmitted）' })
  readonly state?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
}

/** What was filed, by how the caller stands to it: for recipients, what waits for their receipt unless they ask otherwise. */
export class ListFilings extends Query<Page<FilingView>> {
  constructor(readonly filter: FilingFilter) {
    super();
  }
}

@QueryHandler(ListFilings)
export class ListFilingsHandler implements IQueryHandler<ListFilings> {
  constructor(
    private readonly db: Database,
    private readonly statuses: PlanStatuses,
  ) {}

  execute({ filter }: ListFilings) {
    const { columns, from } = filingsFor(actor());
    const wanted = filter.state ?? 'waiting';
    return this.db.transaction(async (tx) => {
      const due = await this.statuses.deadlines(tx);
      const { items, ...rest } = await page<FoundFiling & Record<string, unknown>>(
        this.db,
        {
          columns,
          from,
          where: [
            [`${columns.state} = any (?::text[])`, wanted === 'all' ? undefined : statesOf(wanted)],
            ['filed.kind = ?', filter.kind],
            ['filed.organisation_id = ?', filter.organisationId],
          ],
        },
        filter,
      );
      return { ...rest, items: items.map((filing) => toldFiling(filing, due)) };
    });
  }
}

const statesOf = (wanted: string) => (wanted === 'waiting' ? ['awaiting', 'resubmitted'] : [wanted]);
