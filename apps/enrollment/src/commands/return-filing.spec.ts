import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FilingReturned } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { aTrainingPlan, codesOf, itemsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const feedback = [
  { section: 'schedule', feedback: '请说明节假日安排' },
  { section: 'venue', feedback: '请补充教室门牌' },
];
const sendBack = (planId: string, more: object = {}, officer = world.department) =>
  officer.post(`/filings/${planId}/returns`, { kind: 'training', version: 1, sections: feedback, ...more });
const receive = (planId: string, version = 1, officer = world.department) =>
  officer.post(`/filings/${planId}/receipts`, { kind: 'training', version });
const fileAgain = async (planId: string, version: number, more: object) => {
  must(await world.preparerOf().put(`/training-plans/${planId}`, aTrainingPlan(more), { ifMatch: version }));
  return must(await world.approverOf().post(`/training-plans/${planId}/file`));
};
const stateFor = async (planId: string, officer = world.department) =>
  (await officer.get(`/filings/${planId}`)).body.state;
const inList = async (planId: string, state: string, officer = world.department) =>
  itemsOf(await officer.get('/filings', { state, limit: 200 })).some((filing) => filing['planId'] === planId);

it('A07 a returned plan comes back resubmitted, and the reviewer sees only what changed', async () => {
  const planId = await world.filedPlan();
  must(await sendBack(planId));
  expect((await service.announced()).at(-1)).toMatchObject({
    type: FilingReturned.type,
    data: { planId, kind: 'training', version: 1, recipient: 'department', sections: ['schedule', 'venue'] },
  });
  service.clock.set('2026-01-07T09:00:00+08:00');
  await fileAgain(planId, 1, { venueAddress: '济南市示例路 1 号 301 室', plannedSeats: 28 });

  const { body } = await world.department.get(`/filings/${planId}/changes`);

  expect(body).toEqual({
    planId,
    version: 2,
    comparedWith: 1,
    returnedBy: 'department',
    changes: [
      { section: 'basic', field: 'plannedSeats', title: '计划人数', before: '30', after: '28' },
      {
        section: 'venue',
        field: 'venueAddress',
        title: '培训地点（地址）',
        before: '济南市示例路 1 号',
        after: '济南市示例路 1 号 301 室',
      },
    ],
    feedback,
    unchanged: ['schedule'],
  });
  const { body: filing } = await world.department.get(`/filings/${planId}`);
  expect(filing).toMatchObject({
    state: 'resubmitted',
    status: { title: '再次报备，待回执', waitsFor: 'department', dueOn: null },
    firstFiledAt: expect.stringMatching(/^2026-01-05/),
    filedAt: expect.stringMatching(/^2026-01-07/),
  });
  expect([await inList(planId, 'resubmitted'), await inList(planId, 'awaiting')]).toEqual([true, false]);
  must(await receive(planId, 2));
  expect(await stateFor(planId)).toBe('received');
  service.clock.set('2026-01-05T09:00:00+08:00');
});

it('what the department returned the city may receive, and the institution reads both', async () => {
  const planId = await world.filedPlan();
  must(await sendBack(planId));
  const { number } = must(await receive(planId, 1, world.cityOfficer()));

  expect([await stateFor(planId), await stateFor(planId, world.cityOfficer())]).toEqual(['returned', 'received']);
  const { body } = await world.preparerOf().get(`/filings/${planId}`);
  expect(body).toMatchObject({
    state: 'returned',
    standings: { department: 'returned', 'city-bureau': 'received' },
    status: { title: '已退回补正', waitsFor: 'training-preparer' },
    recipients: [
      { recipient: 'department', state: 'returned', sections: feedback, number: null },
      { recipient: 'city-bureau', state: 'received', sections: null, number },
    ],
    judgedBy: { entryIds: [world.entryId], ruleIds: [], unverified: ['direction'] },
  });
  expect((await world.preparerOf().get(`/training-plans/${planId}`)).body.status).toMatchObject({
    title: '已退回补正',
  });
  expect(await inList(planId, 'returned', world.preparerOf())).toBe(true);
  expect([await inList(planId, 'returned'), await inList(planId, 'all')]).toEqual([true, true]);

  await fileAgain(planId, 1, { endsOn: '2026-02-11' });
  expect(await stateFor(planId, world.cityOfficer())).toBe('awaiting');
  expect((await world.preparerOf().get(`/filings/${planId}/changes`, { recipient: 'city-bureau' })).body).toMatchObject(
    {
      comparedWith: 1,
      returnedBy: null,
      feedback: [],
      changes: [{ field: 'endsOn' }],
    },
  );
});

it('names every reason not to return a filing', async () => {
  const planId = await world.filedPlan();
  const wrong = [
    { section: 'evaluation', feedback: '不属于培训计划' },
    { section: 'venue', feedback: '请补充' },
    { section: 'venue', feedback: '请补充' },
  ];

  expect(codesOf(await sendBack(planId, { sections: wrong }))).toEqual(['section-repeated', 'section-not-of-kind']);
  must(await sendBack(planId));
  expect(codesOf(await sendBack(planId))).toEqual(['already-returned']);
  expect(codesOf(await receive(planId))).toEqual(['already-returned']);
  await fileAgain(planId, 1, { plannedSeats: 29 });
  must(await receive(planId, 2));
  expect(codesOf(await sendBack(planId, { version: 2 }))).toEqual(['already-received']);
  expect(codesOf(await sendBack(planId, { version: 1 }, world.cityOfficer()))).toEqual(['filing-superseded']);
  expect((await sendBack(planId, { sections: [] })).status).toBe(400);
  expect((await sendBack(planId, { sections: [{ section: 'venue', feedback: '电话 13900000001' }] })).status).toBe(400);
  expect((await sendBack(planId, { version: 3 })).status).toBe(404);
});

it('returns or receives once, however many officers decide at the same moment', async () => {
  const planId = await world.filedPlan();

  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 ? sendBack(planId) : receive(planId))));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const given = await service.query('select id from receipt where plan_id = $1', [planId]);
  const returned = await service.query('select id from filing_return where plan_id = $1', [planId]);
  expect(given.length + returned.length).toBe(1);
});

it('an exam plan that came back is settled anew and filed again', async () => {
  const trainingPlanId = await world.filedPlan();
  const planId = await world.draftedExamPlan(trainingPlanId);
  await world.answered(planId);
  must(await world.approverOf().post(`/exam-plans/${planId}/file`));
  const sections = [{ section: 'schedule', feedback: '考核日期请避开周末' }];
  must(await sendBack(planId, { kind: 'exam', sections }, world.cityOfficer()));

  const amended = world.anExamPlan(trainingPlanId, { examFrom: '2026-03-23', examTo: '2026-03-24' });
  must(await world.preparerOf().put(`/exam-plans/${planId}`, amended, { ifMatch: 1 }));
  expect((await world.department.get(`/exam-plans/${planId}`)).body).toMatchObject({
    state: 'filed',
    version: 1,
    examFrom: '2026-03-20',
  });
  await world.answered(planId, { version: 2 });
  must(await world.approverOf().post(`/exam-plans/${planId}/file`));

  expect(await stateFor(planId, world.cityOfficer())).toBe('resubmitted');
  const { body } = await world.cityOfficer().get(`/filings/${planId}/changes`);
  expect(body).toMatchObject({ comparedWith: 1, changes: [{ field: 'examFrom' }, { field: 'examTo' }], unchanged: [] });
});

it('shows by when a receipt is due once the office has set it', async () => {
  await world.rule('filing-receipt', { days: 10 });
  const planId = await world.filedPlan();

  expect((await world.preparerOf().get(`/training-plans/${planId}`)).body.status).toEqual({
    state: 'filed',
    title: '已备案，待回执',
    waitsFor: 'department',
    dueOn: '2026-01-15',
  });
  must(await receive(planId));
  expect((await world.preparerOf().get(`/training-plans/${planId}`)).body.status.waitsFor).toBe('city-bureau');
  must(await receive(planId, 1, world.cityOfficer()));
  expect((await world.preparerOf().get(`/training-plans/${planId}`)).body.status).toMatchObject({
    title: '已备案，回执齐全',
    waitsFor: null,
    dueOn: null,
  });
});

it('answers another city and another institution as if there were nothing', async () => {
  const planId = await world.filedPlan();
  const foreign = world.preparerOf(randomUUID());

  const answers = await Promise.all([
    sendBack(planId, {}, world.cityOfficer('370200')),
    world.cityOfficer('370200').get(`/filings/${planId}`),
    world.cityOfficer('370200').get(`/filings/${planId}/changes`),
    foreign.get(`/filings/${planId}`),
    foreign.get(`/filings/${planId}/changes`),
    foreign.get(`/training-plans/${planId}/versions`),
  ]);

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  expect((await foreign.get('/filings', { state: 'all' })).body.total).toBe(0);
  expect((await sendBack(planId, {}, world.approverOf())).status).toBe(403);
});

it('repeats the first answer to a repeated return, and lists the sections', async () => {
  const planId = await world.filedPlan();
  const body = { kind: 'training', version: 1, sections: feedback };
  const send = () => world.department.post(`/filings/${planId}/returns`, body, { key: `return-${planId}` });

  const [first, again] = [await send(), await send()];

  expect([first.status, again.body]).toEqual([201, first.body]);
  const { sections } = (await world.department.get('/filing-sections')).body;
  expect(sections).toContainEqual({
    code: 'venue',
    title: '地点',
    training: ['venueCityCode', 'venueAddress'],
    exam: ['site'],
  });
});
