import { row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** The states of the classes under a plan; the classes stay locked, so that none of them goes on meanwhile. */
export async function classesUnder(tx: EntityManager, planId: string): Promise<string[]> {
  const classes = await rows<{ state: string }>(
    tx,
    'select state from training_class where plan_id = $1 order by id for update',
    [planId],
  );
  return classes.map(({ state }) => state);
}

/** The states of the exam plans under a training plan. */
export async function examPlansUnder(tx: EntityManager, planId: string): Promise<string[]> {
  const plans = await rows<{ state: string }>(tx, 'select state from exam_plan where training_plan_id = $1', [planId]);
  return plans.map(({ state }) => state);
}

export async function openSessionsUnder(tx: EntityManager, examPlanId: string): Promise<number> {
  const counted = await row<{ sessions: number }>(
    tx,
    'select count(*)::int as sessions from exam_plan_session where plan_id = $1 and not cancelled',
    [examPlanId],
  );
  return counted?.sessions ?? 0;
}
