import type { Learner } from './a-class.js';
import { type Batch, batchOf, type Row, rowsOf } from './a-batch.js';
import { apply, closeExam, failing, openSession, passing, qualify, record, release, report } from './an-exam.js';
import { anExaminedClass } from './results.js';
import type { Scene } from './scene.js';

/** One batch from the exam to its certificates: six who pass, each of whom something happens to. */
export interface Life {
  readonly sessionId: string;
  /** The session before, at which one of them failed. */
  readonly first: string;
  readonly batch: Batch;
  readonly resitting: Learner;
  /** The latest row of the batch for the result of that learner. */
  readonly row: (learner: number) => Promise<Row>;
}

/** Six have passed, one of them at the second attempt; their results are with the department. */
export async function aReportedBatch(scene: Scene): Promise<Life> {
  const examined = await anExaminedClass(scene, 6);
  const resitting = examined.learners[5];
  if (!resitting) throw new Error('there is nobody to sit again');
  const first = await openSession(scene, examined.examPlanId, 82, 81);
  const sessionId = await openSession(scene, examined.examPlanId, 76, 75);
  await scene.at(92);
  await apply(scene, first, examined, resitting);
  await qualify(scene, first);
  await scene.at(81, '18:00:00');
  await closeExam(scene, first);
  await record(scene, first, [failing(resitting)]);
  await release(scene, first);

  await scene.at(78);
  await Promise.all(examined.learners.map((learner) => apply(scene, sessionId, examined, learner)));
  await qualify(scene, sessionId);
  await scene.at(75, '18:00:00');
  await closeExam(scene, sessionId);
  const { recorded } = await record(scene, sessionId, examined.learners.map(passing));
  await release(scene, sessionId);
  await scene.at(72);
  await report(scene, sessionId);
  const batch = await batchOf(scene, sessionId);
  const row = async (learner: number) => {
    const rows = await rowsOf(scene, batch.id);
    const found = rows.filter(({ resultId }) => resultId === recorded[learner]?.resultId).at(-1);
    if (!found) throw new Error('the batch has no row of this learner');
    return found;
  };
  return { first, sessionId, batch, resitting, row };
}
