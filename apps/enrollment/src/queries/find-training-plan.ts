import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Int, List, Text, Texts } from '@shuzheng/contracts';
import { Database, Missing, row, rows } from '@shuzheng/platform';
import { GivenReceipt, receiptsOfPlan, trainingPlans, TrainingPlanView } from '../data/plan-views.js';
import { selected } from '../data/select.js';

export class WholeTrainingPlan extends TrainingPlanView {
  @Text(1, 200) readonly courseBook!: string;
  @Text(1, 100) readonly outlineEdition!: string;
  @Int(1, 1000, { nullable: true }) readonly teachers!: number | null;
  @Text(1, 500, { nullable: true }) readonly fee!: string | null;
  @Texts(10, { description: '最近一次备案时待核实的事项' }) readonly unverified!: string[];
  @List(() => GivenReceipt, 0, 100) readonly receipts!: GivenReceipt[];
}

export class FindTrainingPlan extends Query<WholeTrainingPlan> {
  constructor(readonly planId: string) {
    super();
  }
}

@QueryHandler(FindTrainingPlan)
export class FindTrainingPlanHandler implements IQueryHandler<FindTrainingPlan> {
  constructor(private readonly db: Database) {}

  execute({ planId }: FindTrainingPlan) {
    return this.db.transaction(async (tx) => {
      const plan = await row<WholeTrainingPlan & Record<string, unknown>>(
        tx,
        `select ${selected(trainingPlans.columns)}, plan.course_book as "courseBook", plan.outline_edition as "outlineEdition",
           plan.teachers, plan.fee,
           coalesce((select unverified from filing where plan_id = plan.id order by version desc limit 1), '{}') as unverified
         from ${trainingPlans.from} where plan.id = $1`,
        [planId],
      );
      if (!plan) throw new Missing();
      return { ...plan, receipts: await rows<GivenReceipt & Record<string, unknown>>(tx, receiptsOfPlan, [planId]) };
    });
  }
}
