import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ClassOpened, DirectoryEntrySuspended } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { aTrainingPlan, codesOf, itemsOf, must, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const text = '智能制造工程技术人员（初级）培训公告，校企合作办学';
const aClass = (planId: string, more: object = {}) => ({
  planId,
  name: '第一期',
  startsOn: '2026-01-12',
  endsOn: '2026-02-10',
  ...more,
});

it('publishes an announcement word for word, and warns of promises it must not make', async () => {
  const planId = await world.filedPlan();
  const plain = must(await world.preparerOf().post('/announcements', { planId, text }));
  const doubtful = must(
    await world.preparerOf().post('/announcements', { planId, text: `${text}，包 过，不过退费！` }),
  );

  expect(plain.warnings).toEqual([]);
  expect(doubtful.warnings).toEqual(['包过', '不过退费']);
  const published = itemsOf(await service.stranger.get('/announcements', { planId }));
  expect(doubtful.published).toBe(false);
  expect(published).toHaveLength(1);
  expect(published).toContainEqual(expect.objectContaining({ planId, text, organisationId: world.training }));
});

it.each(['联系人 138-0013-8000', '咨询：１３８００１３８０００', '负责人 11010519491231002X'])(
  'publishes nothing that gives a person away: %#',
  async (personal) => {
    const planId = await world.filedPlan();

    const refused = await world.preparerOf().post('/announcements', { planId, text: `${text}，${personal}` });

    expect(codesOf(refused)).toEqual(['announcement-personal']);
    expect(itemsOf(await service.stranger.get('/announcements', { planId }))).toEqual([]);
    must(await world.preparerOf().post('/announcements', { planId, text: `${text}，电话 0531-88880000` }));
  },
);

it('announces nothing under a plan that is not on file', async () => {
  const planId = await world.draftedPlan();

  expect(codesOf(await world.preparerOf().post('/announcements', { planId, text }))).toEqual(['plan-not-filed']);
  expect(codesOf(await world.preparerOf().post('/classes', aClass(planId)))).toEqual([
    'plan-not-filed',
    'announcement-missing',
  ]);
});

it('opens a class under a plan on file that was announced', async () => {
  const planId = await world.filedPlan();
  must(await world.preparerOf().post('/announcements', { planId, text }));

  const { classId } = must(await world.preparerOf().post('/classes', aClass(planId)));

  expect((await service.announced()).at(-1)).toMatchObject({
    type: ClassOpened.type,
    data: { classId, planId, organisationId: world.training, cityCode: '370100', subject, startsOn: '2026-01-12' },
  });
  const { body } = await world.preparerOf().get(`/classes/${classId}`);
  expect(body).toMatchObject({
    state: 'announced',
    enrolled: 0,
    entryId: world.entryId,
    standardHours: null,
    hoursStatus: '标准学时未录入',
    report: null,
  });
});

it('shows the standard hours once somebody has entered them', async () => {
  const classId = await world.openClass({ startsOn: '2026-01-13' });
  await world.rule('hours', { total: 80 }, { scope: subject.occupationCode, edition: '2021年版', level: 'junior' });

  const { body } = await world.preparerOf().get(`/classes/${classId}`);

  expect(body).toMatchObject({ standardHours: { total: 80 }, hoursStatus: '标准学时已录入' });
});

it('keeps a class inside the plan as filed, whatever an amendment under way says', async () => {
  const planId = await world.filedPlan();
  must(await world.preparerOf().post('/announcements', { planId, text }));
  const longer = aTrainingPlan({ endsOn: '2026-04-10' });
  must(await world.preparerOf().put(`/training-plans/${planId}`, longer, { ifMatch: 1 }));

  expect(codesOf(await world.preparerOf().post('/classes', aClass(planId, { endsOn: '2026-02-11' })))).toEqual([
    'class-outside-plan-dates',
  ]);
  expect(codesOf(await world.preparerOf().post('/classes', aClass(planId, { endsOn: '2026-01-11' })))).toEqual([
    'dates-order',
  ]);
});

it('asks the directory about the first day of the class and not about its last', async () => {
  const organisationId = randomUUID();
  const entryId = randomUUID();
  await world.institution(organisationId);
  await world.entry({ organisationId, entryId, to: '2026-01-20' });
  const planId = await world.filedPlan({}, organisationId);
  const preparer = world.preparerOf(organisationId);
  must(await preparer.post('/announcements', { planId, text }));

  expect((await preparer.post('/classes', aClass(planId, { startsOn: '2026-01-20' }))).status).toBe(201);
  expect(codesOf(await preparer.post('/classes', aClass(planId, { startsOn: '2026-01-21' })))).toEqual([
    'directory-dates',
  ]);
  await service.hear(DirectoryEntrySuspended, { entryId, organisationId, from: '2026-01-15', basis: '测试' });
  expect(codesOf(await preparer.post('/classes', aClass(planId, { startsOn: '2026-01-20' })))).toEqual([
    'directory-suspended',
  ]);
});

it('starts a class on its first day, with learners in it', async () => {
  const classId = await world.openClass();
  const start = () => world.preparerOf().post(`/classes/${classId}/start`);

  expect(codesOf(await start())).toEqual(['class-starts-later', 'roster-empty']);
  must(await world.preparerOf().post(`/classes/${classId}/enrolments`, { learners: [world.aLearner()] }));
  service.clock.set('2026-01-12T09:00:00+08:00');
  expect((await start()).status).toBe(201);
  expect(codesOf(await start())).toEqual(['class-not-enrolling']);
  service.clock.set('2026-01-05T09:00:00+08:00');
});

it('shows a class to its institution, its city and the department only', async () => {
  const classId = await world.openClass();
  const foreign = world.preparerOf(randomUUID());

  expect((await world.department.get(`/classes/${classId}`)).status).toBe(200);
  expect((await world.cityOfficer().get(`/classes/${classId}`)).status).toBe(200);
  const answers = await Promise.all([
    world.cityOfficer('370200').get(`/classes/${classId}`),
    foreign.get(`/classes/${classId}`),
    foreign.get(`/classes/${classId}/enrolments`),
    foreign.get(`/classes/${classId}/lessons`),
    foreign.post(`/classes/${classId}/start`),
    foreign.get('/classes/not-an-id'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  expect((await foreign.get('/classes')).body.total).toBe(0);
  expect((await world.department.get('/classes', { state: 'announced' })).body.total).toBeGreaterThan(0);
});
