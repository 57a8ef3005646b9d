import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aTrainingPlan, codesOf, itemsOf, must, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const amend = (planId: string, version: number, more: object) =>
  world.preparerOf().put(`/training-plans/${planId}`, aTrainingPlan(more), { ifMatch: version });
const versionsFor = async (planId: string, reader = world.preparerOf()) =>
  (await reader.get(`/training-plans/${planId}/versions`)).body.versions;

it('tells what each version changed, and shows officials only what was filed', async () => {
  const planId = await world.filedPlan();
  must(await amend(planId, 1, { plannedSeats: 31 }));
  must(await amend(planId, 2, { plannedSeats: 32, fee: '每人 3000 元', subject: { ...subject, direction: '--' } }));

  const own = await versionsFor(planId);

  expect(own).toMatchObject([
    { version: 1, changes: [], filedAt: expect.any(String), judgedBy: { entryIds: [world.entryId] } },
    { version: 2, changes: [{ field: 'plannedSeats', before: '30', after: '31' }], filedAt: null, judgedBy: null },
    {
      version: 3,
      changes: [
        { section: 'basic', field: 'subject.direction', before: '智能装备与产线应用', after: '--' },
        { field: 'plannedSeats', before: '31', after: '32' },
        { section: 'fees', field: 'fee', title: '收费标准', before: null, after: '每人 3000 元' },
      ],
    },
  ]);
  expect(await versionsFor(planId, world.department)).toHaveLength(1);
  must(await world.approverOf().post(`/training-plans/${planId}/file`));
  const filed = await versionsFor(planId, world.cityOfficer());
  expect(filed).toMatchObject([{ version: 1 }, { version: 3, changes: [{}, { before: '30', after: '32' }, {}] }]);
});

it('hides drafts from the department and the city: plans, exam plans and amendments', async () => {
  const draft = await world.draftedPlan();
  const planId = await world.filedPlan();
  const examPlanId = await world.draftedExamPlan(planId);
  must(await amend(planId, 1, { plannedSeats: 99, venueAddress: '尚未备案的地址' }));

  for (const officer of [world.department, world.cityOfficer()]) {
    expect((await officer.get(`/training-plans/${draft}`)).status).toBe(404);
    expect((await officer.get(`/training-plans/${draft}/versions`)).status).toBe(404);
    expect((await officer.get(`/exam-plans/${examPlanId}`)).status).toBe(404);
    expect((await officer.get('/training-plans', { state: 'draft' })).body.total).toBe(0);
    expect((await officer.get('/exam-plans', { state: 'drafted' })).body.total).toBe(0);
    const { body } = await officer.get(`/training-plans/${planId}`);
    expect(body).toMatchObject({ state: 'filed', version: 1, plannedSeats: 30, venueAddress: '济南市示例路 1 号' });
    const listed = itemsOf(await officer.get('/training-plans', { limit: 200 }));
    expect(listed.map(({ id }) => id)).not.toContain(draft);
    expect(JSON.stringify(listed)).not.toContain('尚未备案的地址');
  }
  expect((await world.preparerOf().get(`/training-plans/${planId}`)).body).toMatchObject({
    state: 'amended',
    version: 2,
    plannedSeats: 99,
    status: { title: '已备案，变更待备案', waitsFor: 'training-approver' },
  });
});

it('tells the versions of an exam plan, and where it waits', async () => {
  const trainingPlanId = await world.filedPlan();
  const planId = await world.draftedExamPlan(trainingPlanId);
  const statusOf = async () => (await world.preparerOf().get(`/exam-plans/${planId}`)).body.status;
  expect(await statusOf()).toMatchObject({ waitsFor: 'evaluation-approver', dueOn: null });
  await world.answered(planId, { consented: false, reason: '考位不足' });
  expect(await statusOf()).toMatchObject({ waitsFor: 'training-preparer' });
  const other = world.anExamPlan(trainingPlanId, { site: '济南第二考点' });
  must(await world.preparerOf().put(`/exam-plans/${planId}`, other, { ifMatch: 1 }));
  await world.answered(planId, { version: 2 });
  expect(await statusOf()).toMatchObject({ waitsFor: 'training-approver' });

  const { versions } = (await world.preparerOf().get(`/exam-plans/${planId}/versions`)).body;

  expect(versions).toMatchObject([
    { version: 1, changes: [] },
    { version: 2, changes: [{ section: 'venue', field: 'site', before: '济南考点', after: '济南第二考点' }] },
  ]);
});

it('refuses at once what no plan can mean', async () => {
  const draft = (more: object) => world.preparerOf().post('/training-plans', aTrainingPlan(more));
  const planId = await world.filedPlan();

  expect(codesOf(await draft({ startsOn: '2026-03-01', endsOn: '2026-02-01' }))).toEqual(['dates-order']);
  expect(codesOf(await draft({ startsOn: '2006-03-01', endsOn: '2026-03-10' }))).toEqual(['dates-nonsense']);
  expect(codesOf(await amend(planId, 1, { endsOn: '2062-02-10' }))).toEqual(['dates-nonsense']);
  const exam = world.anExamPlan(planId, { examFrom: '2016-03-20' });
  expect(codesOf(await world.preparerOf().post('/exam-plans', exam))).toEqual(['dates-nonsense']);
  expect((await draft({ plannedSeats: 0 })).status).toBe(400);
  expect((await draft({ venueAddress: '联系 13900000001' })).status).toBe(400);
});

it('an amendment does not take the ground from under a class', async () => {
  const planId = await world.filedPlan();
  must(await world.preparerOf().post('/announcements', { planId, text: '智能制造工程技术人员（初级）培训公告' }));
  const { startsOn, endsOn } = aTrainingPlan();
  const opened = await world.preparerOf().post('/classes', { planId, name: '第一期', startsOn, endsOn });
  const learners = [world.aLearner(), world.aLearner()];
  must(await world.preparerOf().post(`/classes/${must(opened).classId}/enrolments`, { learners }));
  const filedWith = async (version: number, more: object) => {
    must(await amend(planId, version, more));
    return world.approverOf().post(`/training-plans/${planId}/file`);
  };

  expect(codesOf(await filedWith(1, { endsOn: '2026-02-09' }))).toEqual(['amendment-contradicts-classes']);
  const senior = { subject: { ...subject, level: 'senior' } };
  expect(codesOf(await filedWith(2, senior))).toEqual(['amendment-contradicts-classes']);
  expect(codesOf(await filedWith(3, { plannedSeats: 1 }))).toEqual(['amendment-contradicts-classes']);
  expect((await filedWith(4, { endsOn: '2026-02-20', plannedSeats: 2 })).status).toBe(201);
});
