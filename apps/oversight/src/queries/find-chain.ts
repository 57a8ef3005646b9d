import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Int, Nested, Uuid } from '@shuzheng/contracts';
import { Database, Missing, row } from '@shuzheng/platform';
import { ChainCounts, sums } from '../data/chain-view.js';
import { between, type Counts } from '../domain/chain.js';

const Gap = (description: string) => Int(-100_000_000, 100_000_000, { description });

/** Who stands between two steps. A number below zero means that persons came from another plan. */
export class ChainGaps {
  @Gap('在训：入班而未结业') readonly inTraining!: number;
  @Gap('结业而未取得考核资格') readonly notEntered!: number;
  @Gap('待发布成绩') readonly awaitingResult!: number;
  @Gap('合格而待确认，含退回待补的') readonly awaitingConfirmation!: number;
  @Gap('已确认而待审核或待颁发') readonly awaitingIssue!: number;
}

export class ChainView extends ChainCounts {
  @Uuid({ nullable: true, description: '为 null 时是全部计划' }) readonly planId!: string | null;
  @Nested(() => ChainGaps) readonly gaps!: ChainGaps;
}

export class ChainFilter {
  @Uuid({ optional: true, description: '培训计划' }) readonly planId?: string;
}

/** How far have the persons of a plan come, or of all plans? */
export class FindChain extends Query<ChainView> {
  constructor(readonly filter: ChainFilter) {
    super();
  }
}

@QueryHandler(FindChain)
export class FindChainHandler implements IQueryHandler<FindChain> {
  constructor(private readonly db: Database) {}

  execute({ filter }: FindChain) {
    const planId = filter.planId ?? null;
    return this.db.transaction(async (tx) => {
      if (planId && !(await row(tx, 'select 1 from plan where id = $1', [planId]))) throw new Missing();
      const counts = await row<Counts>(tx, `select ${sums} from stage where $1::uuid is null or stage.plan_id = $1`, [
        planId,
      ]);
      if (!counts) throw new Missing();
      return { planId, ...counts, gaps: between(counts) };
    });
  }
}
