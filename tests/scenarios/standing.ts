import { it } from '@jest/globals';
import { aPlan, aRunningClass, anExamPlan } from './a-class.js';
import { APPROVER, codesOf, type Scene } from './scene.js';

/** What the province decides about an institution reaches whoever lets it begin something. */
export function standingHolds(there: () => Scene) {
  it('a suspension of an institution is respected by every service that lets it begin something within two seconds', async () => {
    const scene = there();
    const { evaluation } = scene;
    const by = await scene.institution('蒙山');
    const running = await aRunningClass(scene, { by, starts: 55, ends: 50 });
    const examPlanId = await anExamPlan(scene, running, 45, 44);
    // Asked in ways that are refused before and after, so that asking changes nothing: only the reasons differ.
    const own = await scene.post<{ planId: string }>(by.head, 'enrollment/training-plans', aPlan(scene));
    const session = { planId: examPlanId, theoryOn: scene.day(20), abilityOn: scene.day(20), site: '考点', seats: 1 };
    const suspended =
      (who: string, path: string, body: object = {}) =>
      async () =>
        (await codesOf(scene.post(who, path, body))).includes('organisation-suspended');

    await change(scene, by.id, 'suspend');
    await scene.spread('a training institution suspended', {
      enrollment: suspended(by.head, `enrollment/training-plans/${own.planId}/file`),
    });
    await change(scene, evaluation.id, 'suspend');
    await scene.spread('an evaluation institution suspended', {
      assessment: suspended(evaluation.preparer, 'assessment/sessions', session),
    });
    await change(scene, evaluation.id, 'resume');
  });
}

async function change(scene: Scene, organisationId: string, act: 'suspend' | 'resume') {
  const measure = { from: scene.day(55), basis: '省厅检查发现问题，责令整改' };
  const ifMatch = await scene.organisationVersion(organisationId);
  await scene.post(APPROVER, `institutions/organisations/${organisationId}/${act}`, measure, { ifMatch });
}
