import { expect, it } from '@jest/globals';
import { aFiledPlan, aLearner, ANNOUNCEMENT, aPlan, aRunningClass, completeClass, enrolling } from './a-class.js';
import { APPROVER, codesOf, onceHeard, refusalOf, type Scene, until } from './scene.js';

interface Seat {
  readonly id: string;
  readonly state: string;
  readonly late: boolean;
  readonly lateBasis: string | null;
  readonly withdrawnReason: string | null;
}

const NEXT = { starts: 105, ends: 101 };

/** Plans, classes and rosters under what institutions and identity say: A02, A03, A04, A20 and A21. */
export function trainingHolds(there: () => Scene) {
  it('A02 a class that starts on the last day of the authorisation is filed, one that starts a day later is not', async () => {
    const scene = there();
    const by = await scene.institution('徂徕', scene.day(120));
    await scene.at(130);

    await aFiledPlan(scene, { by, starts: 120 });

    expect(await codesOf(aFiledPlan(scene, { by, starts: 119 }))).toEqual(['directory-dates']);
  });

  it('A04 who prepares cannot file, and who files cannot file what is their own', async () => {
    const scene = there();
    const { preparer, head } = scene.training;
    await scene.at(130);
    const drafted = async (who: string) =>
      (await scene.post<{ planId: string }>(who, 'enrollment/training-plans', aPlan(scene, NEXT))).planId;
    const file = (who: string, planId: string) => scene.post(who, `enrollment/training-plans/${planId}/file`);
    const [prepared, own] = [await drafted(preparer), await drafted(head)];

    expect(await refusalOf(file(preparer, prepared))).toMatchObject({ status: 403, codes: ['permission-missing'] });
    await onceHeard(() => file(head, prepared), 'directory-occupation');
    expect(await codesOf(file(head, own))).toEqual(['same-person']);
  });

  it('A03 a suspended institution completes and reports the class it has begun, and files no new plan', async () => {
    const scene = there();
    const by = await scene.institution('泰山');
    const running = await aRunningClass(scene, { by, starts: 130, ends: 110 });
    await scene.at(120);
    const drafted = async (who: string) =>
      (await scene.post<{ planId: string }>(who, 'enrollment/training-plans', aPlan(scene, NEXT))).planId;
    const file = (planId: string) => codesOf(scene.post(by.head, `enrollment/training-plans/${planId}/file`));
    // One's own draft cannot be filed anyhow: asking until the suspension is heard of files nothing.
    const [plan, own] = [await drafted(by.preparer), await drafted(by.head)];
    const path = `institutions/organisations/${by.id}`;
    const measure = { from: scene.day(120), basis: '省厅检查发现问题，责令整改' };

    await scene.post(APPROVER, `${path}/suspend`, measure, { ifMatch: await scene.organisationVersion(by.id) });
    await until(
      () => file(own),
      (codes) => codes.includes('organisation-suspended'),
      'enrollment has heard of the suspension',
    );
    expect(await file(plan)).toEqual(['organisation-suspended']);

    await completeClass(scene, running);
    await scene.at(100);
    const reported = await scene.post(by.head, `enrollment/classes/${running.classId}/training-report`);
    expect(reported).toMatchObject({ onTime: true });
    expect(await file(plan)).toEqual(['organisation-suspended']);
    expect(
      await codesOf(scene.post(by.preparer, 'enrollment/classes', aClassOf(scene, running.planId, 115, 110))),
    ).toContain('organisation-suspended');
  });

  it('A20 late entry follows the rule that the office records, and whoever leaves stays in the history', async () => {
    const scene = there();
    const { classId, by, enrolments } = await aRunningClass(scene, { starts: 130 });
    const path = `enrollment/classes/${classId}/enrolments`;
    const enter = (more: object = {}) => scene.post(by.preparer, path, { learners: [enrolling(aLearner())], ...more });
    const late = { lateReason: '名单漏报' };
    await scene.at(125);
    expect(await codesOf(enter())).toEqual(['late-entry-reason-missing']);

    await scene.rule('late-entry', { days: 3 }, scene.day(160));
    await until(
      () => codesOf(enter()),
      (codes) => codes.includes('late-entry-closed'),
      'enrollment has heard of the rule',
    );
    expect(await codesOf(enter(late))).toEqual(['late-entry-closed']);
    await scene.at(127);
    await enter(late);

    const [first] = enrolments.values();
    expect((await refusalOf(scene.post(by.preparer, `enrollment/enrolments/${first}/withdraw`))).status).toBe(400);
    await scene.post(by.preparer, `enrollment/enrolments/${first}/withdraw`, { reason: 'own-wish' });
    const seats = await scene.items<Seat>(by.preparer, path);
    expect(seats).toMatchObject([
      { id: first, state: 'withdrawn', withdrawnReason: 'own-wish', late: false },
      { state: 'enrolled', late: true, lateBasis: 'rule' },
    ]);
    await until(
      () => scene.as(by.preparer).get<Record<string, number>>('oversight/chain', { classId }),
      ({ filed, withdrawn, inTraining }) => filed === 2 && withdrawn === 1 && inTraining === 1,
      'the chain counts who left and who came',
    );
  });

  it('A21 a minimum age recorded in institutions is judged in enrollment to the very day; the retired are refused', async () => {
    const scene = there();
    await scene.at(148);
    const planId = await aFiledPlan(scene);
    await scene.post(scene.training.preparer, 'enrollment/announcements', { planId, text: ANNOUNCEMENT });
    const { classId } = await scene.post<{ classId: string }>(
      ...([scene.training.preparer, 'enrollment/classes', aClassOf(scene, planId)] as const),
    );
    // Eighteen on the first day of the class, or a day before or after.
    const bornFrom = (shift: number) => scene.day(135 + shift).replaceAll('-', '');
    const eighteen = (shift: number) =>
      aLearner(`${Number(bornFrom(shift).slice(0, 4)) - 18}${bornFrom(shift).slice(4)}`);
    const enroll = (learner: ReturnType<typeof aLearner>, more: object = {}) =>
      scene.post(scene.training.preparer, `enrollment/classes/${classId}/enrolments`, {
        learners: [enrolling(learner, more)],
      });

    // Nobody has set an age yet. Whoever is enrolled already is refused again and again: only the reasons differ.
    const child = eighteen(-1);
    await enroll(child);
    await scene.rule('minimum-age', { years: 18 }, scene.day(160));
    await until(
      () => codesOf(enroll(child)),
      (codes) => codes.includes('minimum-age'),
      'enrollment has heard of the age',
    );
    expect(await codesOf(enroll(eighteen(-1)))).toEqual(['roster-rows-wrong', 'minimum-age']);
    expect(await codesOf(enroll(eighteen(0)))).toEqual([]);
    expect(await codesOf(enroll(eighteen(1)))).toEqual([]);
    const { problem } = await refusalOf(enroll(aLearner(), { retired: true }));
    expect(problem.reasons).toContainEqual(
      expect.objectContaining({ code: 'retired-excluded', source: '鲁人社字〔2022〕156号 二' }),
    );
  });
}

const aClassOf = (scene: Scene, planId: string, starts = 135, ends = 100) => ({
  ...{ planId, name: '另一期', startsOn: scene.day(starts), endsOn: scene.day(ends) },
});
