import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Flag, Int, Nested, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { candidateCounts, candidates, traineeCounts, trainees } from '../data/chain-links.js';
import { ChainCounts } from '../data/chain-view.js';
import type { Counts } from '../domain/chain.js';

const Gap = (description: string) => Int(0, 100_000_000, { description });

/** Who stands between two links; each is a link too, and has its list. */
export class ChainGaps {
  @Gap('在训：入班而未结业') readonly inTraining!: number;
  @Gap('结业而未取得考核资格') readonly notEntered!: number;
  @Gap('待发布成绩') readonly awaitingResult!: number;
  @Gap('合格而待报送或待确认') readonly awaitingConfirmation!: number;
  @Gap('已确认而待审核或待颁发') readonly awaitingIssue!: number;
}

export class ChainView extends ChainCounts {
  @Uuid({ nullable: true, description: '为 null 时是全部计划' }) readonly planId!: string | null;
  @Flag({ description: '是否包含培训环节：评价机构只看到资格确认及以后的环节' }) readonly includesTraining!: boolean;
  @Nested(() => ChainGaps) readonly gaps!: ChainGaps;
}

export class ChainFilter {
  @Uuid({ optional: true, description: '培训计划' }) readonly planId?: string;
  @Uuid({ optional: true, description: '培训班' }) readonly classId?: string;
  @Uuid({ optional: true, description: '考核批次；只有考核及以后的环节' }) readonly sessionId?: string;
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
    const [planId, classId, sessionId] = [filter.planId ?? null, filter.classId ?? null, filter.sessionId ?? null];
    return this.db.transaction(async (tx) => {
      await mustBeSeen(tx, 'plan', planId);
      await mustBeSeen(tx, 'stage', classId);
      await mustBeSeen(tx, 'stage', sessionId);
      const training = await row<Counts>(tx, countTrainees, [planId, classId, sessionId]);
      const exams = await row<Counts>(tx, countCandidates, [planId, classId, sessionId]);
      if (!training || !exams) throw new Missing();
      const counts = { ...training, ...exams };
      const { inTraining, notEntered, awaitingResult, awaitingConfirmation, awaitingIssue } = counts;
      const gaps = { inTraining, notEntered, awaitingResult, awaitingConfirmation, awaitingIssue };
      return { planId, includesTraining: await seesTraining(tx), ...counts, gaps };
    });
  }
}

async function mustBeSeen(tx: EntityManager, table: 'plan' | 'stage', id: string | null) {
  if (id && !(await row(tx, `select 1 from ${table} where id = $1`, [id]))) throw new Missing();
}

/** An evaluation institution has no learners of its own: its chain begins with the qualification. */
async function seesTraining(tx: EntityManager): Promise<boolean> {
  const { reach, organisationId } = actor();
  if (reach !== 'organisation') return true;
  const own = await row<{ role: string }>(tx, 'select role from known_organisation where id = $1', [organisationId]);
  return own?.role !== 'evaluation-institution';
}

const countTrainees = `
  select ${traineeCounts} from ${trainees}
  where ($1::uuid is null or trainee.plan_id = $1) and ($2::uuid is null or trainee.class_id = $2) and $3::uuid is null`;

const countCandidates = `
  select ${candidateCounts} from ${candidates}
  where ($1::uuid is null or candidate.plan_id = $1) and ($2::uuid is null or candidate.class_id = $2)
    and ($3::uuid is null or candidate.session_id = $3)`;
