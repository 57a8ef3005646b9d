import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, List, Nested, OneOf, recipients, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { filingsFor, FilingView, type FoundFiling, toldFiling } from '../data/filing-views.js';
import { JudgedBy, judgedBy } from '../data/judged-by.js';
import { ReturnedSection } from '../data/plan-changes.js';
import { PlanStatuses, standings as standingRows } from '../data/plan-status.js';
import { selected } from '../data/select.js';
import { standings } from '../domain/plan-status.js';

/** What one recipient did with the filing. */
export class RecipientStanding {
  @OneOf(recipients) readonly recipient!: string;
  @OneOf(standings) readonly state!: string;
  @Uuid({ nullable: true }) readonly receiptId!: string | null;
  @Text(1, 30, { nullable: true, description: '回执编号' }) readonly number!: string | null;
  @Instant({ nullable: true }) readonly receivedAt!: string | null;
  @Instant({ nullable: true }) readonly returnedAt!: string | null;
  @List(() => ReturnedSection, 0, 20, { nullable: true, description: '退回补正的意见' })
  readonly sections!: ReturnedSection[] | null;
}

export class WholeFiling extends FilingView {
  @List(() => RecipientStanding, 2, 2) readonly recipients!: RecipientStanding[];
  @Nested(() => JudgedBy) readonly judgedBy!: JudgedBy;
}

/** The latest filing of a plan, and what both recipients did with it. */
export class FindFiling extends Query<WholeFiling> {
  constructor(readonly planId: string) {
    super();
  }
}

type Found = FoundFiling & { readonly judgedBy: JudgedBy };

@QueryHandler(FindFiling)
export class FindFilingHandler implements IQueryHandler<FindFiling> {
  constructor(
    private readonly db: Database,
    private readonly statuses: PlanStatuses,
  ) {}

  execute({ planId }: FindFiling) {
    const { columns, from } = filingsFor(actor());
    return this.db.transaction(async (tx) => {
      const filing = await row<Found & Record<string, unknown>>(
        tx,
        `select ${selected(columns)}, ${judgedBy('filed')} as "judgedBy" from ${from}
         where filed.plan_id = $1 order by filed.version desc limit 1`,
        [planId],
      );
      if (!filing) throw new Missing();
      const told = toldFiling(filing, await this.statuses.deadlines(tx));
      return { ...told, recipients: await this.recipientsOf(tx, filing.id) };
    });
  }

  private recipientsOf(tx: EntityManager, filingId: string) {
    return rows<RecipientStanding & Record<string, unknown>>(
      tx,
      `select recipient, state, receipt_id as "receiptId", number, received_at as "receivedAt",
         returned_at as "returnedAt", sections
       from (${standingRows} where filing.id = $1) as standing order by recipient desc`,
      [filingId],
    );
  }
}
