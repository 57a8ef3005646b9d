import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, OneOf, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import {
  amendmentColumns,
  amendmentFrom,
  amendmentSeen,
  AmendmentView,
  type FoundAmendment,
} from '../data/amendment-view.js';
import { type AmendmentAct, amendmentActs, amendmentStates } from '../domain/certificate-states.js';

export const AmendmentPage = PageOf(AmendmentView);

export class AmendmentFilter extends SortedBy('-requestedAt', 'dueOn', 'registryNumber') {
  @Uuid({ optional: true }) readonly certificateId?: string;
  @Uuid({ optional: true, description: '评价机构' }) readonly organisationId?: string;
  @OneOf(amendmentStates, { optional: true }) readonly state?: string;
}

export class AmendmentsFilter extends AmendmentFilter {
  @OneOf(amendmentActs, { optional: true }) readonly act?: AmendmentAct;
  @Day({ optional: true, description: '办理期限不晚于该日' }) readonly dueBy?: string;
}

/** Requests to correct, suspend, reinstate, revoke or replace certificates. */
export class ListAmendments extends Query<Page<AmendmentView>> {
  constructor(readonly filter: AmendmentsFilter) {
    super();
  }
}

@QueryHandler(ListAmendments)
export class ListAmendmentsHandler implements IQueryHandler<ListAmendments> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: ListAmendments) {
    const found = await page<FoundAmendment & Record<string, unknown>>(
      this.db,
      {
        columns: amendmentColumns,
        from: amendmentFrom,
        where: [
          ['amendment.certificate_id = ?', filter.certificateId],
          ['amendment.organisation_id = ?', filter.organisationId],
          ['amendment.state = ?', filter.state],
          ['amendment.act = ?', filter.act],
          ['amendment.due_on <= ?', filter.dueBy],
        ],
      },
      filter,
    );
    return { ...found, items: found.items.map((one) => amendmentSeen(one)) };
  }
}
