import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SessionOpened } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { assessment } from '../index.js';
import { aSession } from '../testing/a-session.js';
import { anExamPlan, aWorld, hearAnEntry, subject } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
afterAll(() => service.stop());

const papers = { theoryOn: '2026-03-10', abilityOn: '2026-03-11', site: '济南市考核站点', seats: 40 };

it('opens a session under a filed plan and announces it', async () => {
  const world = await aWorld(service);
  const planId = await anExamPlan(world);

  const { status, body } = await world.preparer.post('/sessions', { planId, ...papers });

  expect(status).toBe(201);
  expect((await service.announced()).at(-1)).toEqual({
    type: SessionOpened.type,
    data: {
      ...{
        sessionId: body.sessionId,
        planId,
        organisationId: world.evaluationOrganisationId,
        cityCode: '370100',
        subject,
      },
      ...{ theoryOn: '2026-03-10', abilityOn: '2026-03-11' },
    },
  });
  expect((await world.preparer.get(`/sessions/${body.sessionId}`)).body).toMatchObject({
    ...{ state: 'open', seats: 40, taken: 0, serial: expect.stringMatching(/^KH2026-\d{4}$/) },
    ...{ lastPaperOn: '2026-03-11', dueOn: '2026-04-10', effectiveDueOn: '2026-04-10', reportId: null },
    counts: { submitted: 0, qualified: 0, returned: 0 },
  });
});

it('numbers the sessions of a year without a gap, however many open at once', async () => {
  const world = await aWorld(service);
  const planId = await anExamPlan(world);
  const [refused] = await Promise.all([
    world.preparer.post('/sessions', { planId, ...papers, theoryOn: '2026-05-01' }),
    ...Array.from({ length: 8 }, () => world.preparer.post('/sessions', { planId, ...papers })),
  ]);

  expect(refused.status).toBe(422);
  const serials = await service.query<{ serial: string }>('select serial from session order by serial');
  expect(serials.map(({ serial }) => serial)).toEqual(
    serials.map((_, i) => `KH2026-${String(i + 1).padStart(4, '0')}`),
  );
});

it('names every broken rule and leaves nothing', async () => {
  const world = await aWorld(service);
  await hearAnEntry(service, {
    organisationId: world.evaluationOrganisationId,
    entryId: world.entryId,
    to: '2026-03-31',
  });
  const planId = await anExamPlan(world, { filed: false });
  const before = await service.announced();

  const { status, body } = await world.preparer.post('/sessions', { planId, ...papers, abilityOn: '2026-04-01' });

  expect([status, (body.reasons as { code: string }[]).map(({ code }) => code)]).toEqual([
    422,
    ['plan-not-filed', 'outside-plan-dates', 'directory-dates'],
  ]);
  expect(await service.announced()).toEqual(before);
});

it('is seen by the institution, its city and the department, and by no other institution', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const sessionId = await aSession(world);
  const permissions = ['sessions:read'];
  const callers = [
    world.approver,
    service.as({ permissions, reach: 'city', cityCode: '370100' }),
    service.as({ permissions, reach: 'province' }),
    service.as({ permissions, reach: 'city', cityCode: '370200' }),
    other.approver,
  ];

  const seen = await Promise.all(callers.map((caller) => caller.get(`/sessions/${sessionId}`)));

  expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404]);
  expect((await other.preparer.get('/sessions')).body.total).toBe(0);
  expect((await other.preparer.get(`/sessions/${sessionId}/applications`)).status).toBe(404);
});
