import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { List, Nested, Text } from '@shuzheng/contracts';
import { actor, Database, Missing, Personal, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { JudgedBy, judgedBy } from '../data/judged-by.js';
import { PlanStatuses } from '../data/plan-status.js';
import { examPlansFor, ExamPlanView, GivenReceipt, receiptsOfPlan } from '../data/plan-views.js';
import { selected } from '../data/select.js';

export class WholeExamPlan extends ExamPlanView {
  @Text(1, 100, { nullable: true, description: '联系人，仅本单位可见' }) readonly contact!: string | null;
  @Nested(() => JudgedBy, { nullable: true, description: '最近一次备案的依据' }) readonly judgedBy!: JudgedBy | null;
  @List(() => GivenReceipt, 0, 100) readonly receipts!: GivenReceipt[];
}

export class FindExamPlan extends Query<WholeExamPlan> {
  constructor(readonly planId: string) {
    super();
  }
}

type Found = Omit<WholeExamPlan, 'status' | 'receipts' | 'contact'>;

@QueryHandler(FindExamPlan)
export class FindExamPlanHandler implements IQueryHandler<FindExamPlan> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
    private readonly statuses: PlanStatuses,
  ) {}

  execute({ planId }: FindExamPlan) {
    const { columns, from } = examPlansFor(actor());
    return this.db.transaction(async (tx) => {
      const found = await row<Found & Record<string, unknown>>(
        tx,
        `select ${selected(columns)}, ${judgedBy('filed')} as "judgedBy" from ${from} where plan.id = $1`,
        [planId],
      );
      if (!found) throw new Missing();
      const contact = await this.contactOf(tx, planId);
      const receipts = await rows<GivenReceipt & Record<string, unknown>>(tx, receiptsOfPlan, [planId]);
      const tell = await this.statuses.teller(tx);
      return { ...tell(found), contact, receipts };
    });
  }

  /** Who to call is for the institution itself. */
  private async contactOf(tx: EntityManager, planId: string): Promise<string | null> {
    const own = await row<{ sealed: string | null }>(
      tx,
      'select contact_sealed as sealed from exam_plan where id = $1 and organisation_id = $2',
      [planId, actor().organisationId ?? null],
    );
    return own?.sealed ? this.personal.open('exam_plan', 'contact', planId, own.sealed) : null;
  }
}
