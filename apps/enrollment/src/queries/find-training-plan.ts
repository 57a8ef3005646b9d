import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { List, Nested, Texts } from '@shuzheng/contracts';
import { actor, Database, Missing, row, rows } from '@shuzheng/platform';
import { PlanStatuses } from '../data/plan-status.js';
import { GivenReceipt, receiptsOfPlan, trainingPlansFor, TrainingPlanView } from '../data/plan-views.js';
import { JudgedBy, judgedBy } from '../data/judged-by.js';
import { selected } from '../data/select.js';

export class WholeTrainingPlan extends TrainingPlanView {
  @Texts(10, { description: '最近一次备案时待核实的事项' }) readonly unverified!: string[];
  @Nested(() => JudgedBy, { nullable: true, description: '最近一次备案的依据' }) readonly judgedBy!: JudgedBy | null;
  @List(() => GivenReceipt, 0, 100) readonly receipts!: GivenReceipt[];
}

export class FindTrainingPlan extends Query<WholeTrainingPlan> {
  constructor(readonly planId: string) {
    super();
  }
}

type Found = Omit<WholeTrainingPlan, 'status' | 'receipts'>;

@QueryHandler(FindTrainingPlan)
export class FindTrainingPlanHandler implements IQueryHandler<FindTrainingPlan> {
  constructor(
    private readonly db: Database,
    private readonly statuses: PlanStatuses,
  ) {}

  execute({ planId }: FindTrainingPlan) {
    const { columns, from } = trainingPlansFor(actor());
    return this.db.transaction(async (tx) => {
      const plan = await row<Found & Record<string, unknown>>(
        tx,
        `select ${selected(columns)}, coalesce(filed.unverified, '{}') as unverified, ${judgedBy('filed')} as "judgedBy"
         from ${from} where plan.id = $1`,
        [planId],
      );
      if (!plan) throw new Missing();
      const tell = await this.statuses.teller(tx);
      return {
        ...tell(plan),
        receipts: await rows<GivenReceipt & Record<string, unknown>>(tx, receiptsOfPlan, [planId]),
      };
    });
  }
}
