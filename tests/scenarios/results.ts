import { expect, it } from '@jest/globals';
import { aRunningClass, anExamPlan, completeClass, type Learner, openAccounts, type TrainingClass } from './a-class.js';
import { apply, closeExam, failing, openSession, passing, qualify, record, release } from './an-exam.js';
import { codesOf, OFFICER, type Scene, until } from './scene.js';

/** A class whose learners have accounts, and the plan of its exams. */
export interface Examined extends TrainingClass {
  readonly examPlanId: string;
}

export async function anExaminedClass(scene: Scene, learners: number): Promise<Examined> {
  const running = await aRunningClass(scene, { learners });
  const examPlanId = await anExamPlan(scene, running, 82, 70);
  await completeClass(scene, running);
  await scene.at(95);
  await openAccounts(scene, running);
  return { ...running, examPlanId };
}

/** What no result may be recorded for: A30 and A31. */
export function resultsHold(there: () => Scene) {
  it('A30 who left the class cannot sit, and no result is recorded for who took the application back', async () => {
    const scene = there();
    const running = await aRunningClass(scene, { learners: 3 });
    const [left, withdrew, sat] = running.learners as [Learner, Learner, Learner];
    const examPlanId = await anExamPlan(scene, running, 82, 70);
    await openAccounts(scene, running);
    await scene.at(120);
    const seat = `enrollment/enrolments/${running.enrolments.get(left.reference)}`;
    await scene.post(running.by.preparer, `${seat}/withdraw`, { reason: 'own-wish' });
    await completeClass(scene, running);
    await scene.at(95);
    const sessionId = await openSession(scene, examPlanId, 82, 80);

    const [applicationId] = [
      await apply(scene, sessionId, running, withdrew),
      await apply(scene, sessionId, running, sat),
    ];
    // The completion of the class is known by now: it does not name whoever had left.
    expect(await codesOf(applyAtOnce(scene, sessionId, running, left))).toEqual(['class-not-completed']);
    await qualify(scene, sessionId);
    await scene.post(withdrew.loginName, `assessment/applications/${applicationId}/withdraw`);
    await scene.at(80, '18:00:00');
    await closeExam(scene, sessionId);

    const { recorded, refused } = await record(scene, sessionId, [left, withdrew, sat].map(passing));
    expect(recorded).toHaveLength(1);
    expect(refused).toMatchObject([
      { reference: left.reference, rule: 'candidate-unknown' },
      { reference: withdrew.reference, rule: 'withdrawn' },
    ]);
  });

  it('A30 whose training certificate is revoked after completion loses the seat, and no result is recorded', async () => {
    const scene = there();
    const examined = await anExaminedClass(scene, 2);
    const { by, classId, enrolments } = examined;
    const [left, sat] = examined.learners as [Learner, Learner];
    await scene.post(by.head, `enrollment/classes/${classId}/training-certificates`, { issuedOn: scene.day(95) });
    const sessionId = await openSession(scene, examined.examPlanId, 82, 80);
    for (const learner of [left, sat]) await apply(scene, sessionId, examined, learner);
    await qualify(scene, sessionId);

    const held = await scene.items<{ id: string; enrolmentId: string }>(by.head, 'enrollment/training-certificates', {
      classId,
    });
    const given = held.find(({ enrolmentId }) => enrolmentId === enrolments.get(left.reference));
    const { revocationId } = await scene.post<{ revocationId: string }>(
      ...([by.preparer, `enrollment/training-certificates/${given?.id}/revocations`] as const),
      { reason: 'trainee-left' },
    );
    await scene.post(by.head, `enrollment/training-certificate-revocations/${revocationId}/approve`);
    await until(
      () => scene.items<{ state: string }>(left.loginName, 'assessment/applications/mine'),
      ([own]) => own?.state === 'withdrawn',
      'assessment has heard of the revocation',
    );
    await scene.at(80, '18:00:00');
    await closeExam(scene, sessionId);

    const { recorded, refused } = await record(scene, sessionId, [left, sat].map(passing));
    expect(recorded).toHaveLength(1);
    expect(refused).toMatchObject([{ reference: left.reference, rule: 'training-certificate-revoked' }]);
  });

  it('A31 a result of an exam in the future, before the training, or outside the authorisation has its own refusal', async () => {
    const scene = there();
    const { evaluation } = scene;
    const examined = await anExaminedClass(scene, 1);
    const [learner] = examined.learners as [Learner];
    const early = await openSession(scene, examined.examPlanId, 82, 80);
    // A class that was held after that exam: by the clock of the demonstration it is over already when they apply.
    const later = await aRunningClass(scene, { learners: 1, starts: 75, ends: 70 });
    await completeClass(scene, later);
    await openAccounts(scene, later);
    const [latecomer] = later.learners as [Learner];
    await scene.at(92);
    await apply(scene, early, examined, learner);
    await apply(scene, early, later, latecomer);
    await qualify(scene, early);

    await scene.at(81);
    expect(await codesOf(record(scene, early, [passing(learner)]))).toEqual(['exam-in-future']);
    await scene.at(80, '18:00:00');
    await closeExam(scene, early);
    expect((await record(scene, early, [passing(latecomer)])).refused).toMatchObject([{ rule: 'before-training' }]);

    await endEntry(scene, evaluation.id, scene.day(90));
    await until(
      () => codesOf(record(scene, early, [failing(learner)])),
      (codes) => codes.includes('directory-dates'),
      'assessment has heard that the authorisation had ended',
    );
    await endEntry(scene, evaluation.id, scene.day(-500));
    await until(
      () => codesOf(record(scene, early, [failing(learner)])),
      (codes) => codes.length === 0,
      'assessment has heard that the authorisation goes on',
    );
    await release(scene, early);
  });
}

/** One who has no hours is told so; `apply` would wait for the class to be heard of. */
async function applyAtOnce(scene: Scene, sessionId: string, { classId }: TrainingClass, learner: Learner) {
  const shown = await scene.world.stranger.get<{ version: string; sha256: string }>('assessment/commitment');
  return scene.post(learner.loginName, 'assessment/applications', {
    ...{ sessionId, classId, condition: 2, accepted: true },
    ...{ commitmentVersion: shown.version, commitmentSha256: shown.sha256 },
  });
}

/** The office corrects the last day of the authorisation. */
async function endEntry(scene: Scene, organisationId: string, to: string) {
  const { id, version } = await scene.entryOf(organisationId);
  const correction = { to, basis: '目录更正', retroactiveBasis: '演示：目录公布有误，按更正公告' };
  await scene.post(OFFICER, `institutions/directory-entries/${id}/dates`, correction, { ifMatch: version });
}
