import type { Learner, TrainingClass } from './a-class.js';
import { onceHeard, type Scene } from './scene.js';

export interface Marks {
  readonly learner: Learner;
  readonly theory: number;
  readonly ability: number;
}

export interface Result {
  readonly id: string;
  readonly state: string;
  readonly outcome: string;
}

export interface Recorded {
  readonly recorded: readonly { readonly resultId: string }[];
  readonly refused: readonly { readonly reference?: string; readonly rule: string }[];
}

export async function openSession(scene: Scene, planId: string, theory: number, ability: number): Promise<string> {
  const papers = { theoryOn: scene.day(theory), abilityOn: scene.day(ability) };
  const body = { planId, ...papers, site: '济南市历下区演示考点', seats: 30 };
  const open = () => scene.post<{ sessionId: string }>(scene.evaluation.preparer, 'assessment/sessions', body);
  return (await onceHeard(open, 'plan-not-filed')).sessionId;
}

export async function apply(scene: Scene, sessionId: string, { classId }: TrainingClass, learner: Learner) {
  const shown = await scene.world.stranger.get<{ version: string; sha256: string }>('assessment/commitment');
  const body = {
    ...{ sessionId, classId, condition: 2, accepted: true },
    ...{ commitmentVersion: shown.version, commitmentSha256: shown.sha256 },
  };
  const ask = () => scene.post<{ applicationId: string }>(learner.loginName, 'assessment/applications', body);
  return (await onceHeard(ask, 'class-not-completed')).applicationId;
}

/** Everybody who has applied may sit. */
export async function qualify(scene: Scene, sessionId: string) {
  const path = `assessment/sessions/${sessionId}`;
  const applied = await scene.items<{ id: string }>(scene.evaluation.preparer, `${path}/applications`);
  const decisions = applied.map(({ id }) => ({ applicationId: id, qualified: true }));
  await scene.post(scene.evaluation.preparer, `${path}/qualify`, { decisions });
}

/** Well formed, and nobody's. */
const NOBODYS = 'KH1999-0001-001';

async function admissionNumber(scene: Scene, sessionId: string, { loginName }: Learner) {
  const own = await scene.items<{ sessionId: string; admissionNumber: string }>(
    ...([loginName, 'assessment/applications/mine'] as const),
  );
  return own.find((application) => application.sessionId === sessionId)?.admissionNumber ?? NOBODYS;
}

export async function record(scene: Scene, sessionId: string, marks: readonly Marks[]): Promise<Recorded> {
  const results = await Promise.all(
    marks.map(async ({ learner, theory, ability }) => ({
      ...{ reference: learner.reference, admissionNumber: await admissionNumber(scene, sessionId, learner) },
      ...{ theory, ability },
    })),
  );
  return scene.post(scene.evaluation.preparer, `assessment/sessions/${sessionId}/results`, { results });
}

export const passing = (learner: Learner): Marks => ({ learner, theory: 80, ability: 75 });
export const failing = (learner: Learner): Marks => ({ learner, theory: 50, ability: 55 });

export const closeExam = (scene: Scene, sessionId: string) =>
  scene.post(scene.evaluation.preparer, `assessment/sessions/${sessionId}/close-exam`);
export const release = (scene: Scene, sessionId: string) =>
  scene.post(scene.evaluation.head, `assessment/sessions/${sessionId}/release`);
export const report = (scene: Scene, sessionId: string) =>
  scene.post<{ part: number; rows: number }>(
    ...([scene.evaluation.head, `assessment/sessions/${sessionId}/result-report`] as const),
  );
