import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { List, Text } from '@shuzheng/contracts';
import { actor, Database, Missing, Personal, row, rows } from '@shuzheng/platform';
import { examPlans, ExamPlanView, GivenReceipt, receiptsOfPlan } from '../data/plan-views.js';
import { selected } from '../data/select.js';

export class WholeExamPlan extends ExamPlanView {
  @Text(1, 100, { nullable: true, description: '联系人，仅本单位可见' }) readonly contact!: string | null;
  @List(() => GivenReceipt, 0, 100) readonly receipts!: GivenReceipt[];
}

export class FindExamPlan extends Query<WholeExamPlan> {
  constructor(readonly planId: string) {
    super();
  }
}

@QueryHandler(FindExamPlan)
export class FindExamPlanHandler implements IQueryHandler<FindExamPlan> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute({ planId }: FindExamPlan) {
    return this.db.transaction(async (tx) => {
      const found = await row<ExamPlanView & { sealed: string | null } & Record<string, unknown>>(
        tx,
        `select ${selected(examPlans.columns)}, plan.contact_sealed as sealed from ${examPlans.from} where plan.id = $1`,
        [planId],
      );
      if (!found) throw new Missing();
      const { sealed, ...plan } = found;
      const own = actor().organisationId === plan.organisationId;
      const contact = own && sealed ? this.personal.open('exam_plan', 'contact', planId, sealed) : null;
      const receipts = await rows<GivenReceipt & Record<string, unknown>>(tx, receiptsOfPlan, [planId]);
      return { ...plan, contact, receipts };
    });
  }
}
