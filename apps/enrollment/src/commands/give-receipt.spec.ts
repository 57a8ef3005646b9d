import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FilingReceived, roles } from '@shuzheng/contracts';
import { canonicalDigest } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { aTrainingPlan, codesOf, itemsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const first = { kind: 'training', version: 1 };

it('the department and the city each see the filing once and give one receipt', async () => {
  const planId = await world.filedPlan();
  const waiting = async (officer = world.department) =>
    itemsOf(await officer.get('/filings')).map(({ planId }) => planId);
  expect(await waiting()).toContain(planId);
  expect(await waiting(world.cityOfficer())).toContain(planId);
  expect(await waiting(world.cityOfficer('370200'))).not.toContain(planId);

  const { receiptId, number } = must(await world.department.post(`/filings/${planId}/receipts`, first));
  const ofCity = must(await world.cityOfficer().post(`/filings/${planId}/receipts`, first));

  expect(number).toMatch(/^BA-2026-\d{6}$/);
  expect(ofCity.number).not.toBe(number);
  expect((await service.announced()).slice(-2)).toMatchObject([
    { type: FilingReceived.type, data: { planId, kind: 'training', recipient: 'department', receiptId } },
    { type: FilingReceived.type, data: { planId, kind: 'training', recipient: 'city-bureau' } },
  ]);
  expect(await waiting()).not.toContain(planId);
  expect(await waiting(world.cityOfficer())).not.toContain(planId);
  const { body } = await world.preparerOf().get(`/training-plans/${planId}`);
  expect(body.receipts).toMatchObject([{ recipient: 'department' }, { recipient: 'city-bureau' }]);
});

it('a receipt carries the digest of what was filed, and what that was judged by', async () => {
  const planId = await world.filedPlan();
  const { receiptId } = must(await world.department.post(`/filings/${planId}/receipts`, first));

  const { body } = await world.preparerOf().get(`/receipts/${receiptId}`);

  const filed = { planId, ...first, organisationId: world.training, content: aTrainingPlan() };
  expect(body).toMatchObject({
    planId,
    recipient: 'department',
    seats: 30,
    entryIds: [world.entryId],
    ruleIds: [],
    unverified: ['direction'],
    sha256: canonicalDigest([filed]),
  });
  expect((await world.preparerOf(randomUUID()).get(`/receipts/${receiptId}`)).status).toBe(404);
});

it('gives exactly one receipt per recipient, however many officers ask at the same moment', async () => {
  const planId = await world.filedPlan();
  const receive = (officer = world.department) => officer.post(`/filings/${planId}/receipts`, first);

  const answers = await Promise.all([
    ...Array.from({ length: 6 }, () => receive()),
    ...Array.from({ length: 6 }, () => receive(world.cityOfficer())),
  ]);

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(refused.map(codesOf)).toEqual(refused.map(() => ['already-received']));
  expect(await service.query('select recipient from receipt where plan_id = $1 order by 1', [planId])).toEqual([
    { recipient: 'city-bureau' },
    { recipient: 'department' },
  ]);
});

it('numbers the receipts of a year without a gap', async () => {
  const plans = await Promise.all(Array.from({ length: 5 }, () => world.filedPlan()));
  await Promise.all(plans.map((planId) => world.department.post(`/filings/${planId}/receipts`, first)));
  await world.department.post(`/filings/${plans[0]}/receipts`, first);

  const numbers = await service.query<{ n: number }>(
    `select right(number, 6)::int as n from receipt where number like 'BA-2026-%' order by 1`,
  );

  expect(numbers.map(({ n }) => n)).toEqual(numbers.map((_, i) => i + 1));
});

it('a new version asks for receipts of its own', async () => {
  const planId = await world.filedPlan();
  must(await world.department.post(`/filings/${planId}/receipts`, first));
  must(await world.preparerOf().put(`/training-plans/${planId}`, aTrainingPlan({ plannedSeats: 31 }), { ifMatch: 1 }));
  must(await world.approverOf().post(`/training-plans/${planId}/file`));

  expect((await world.department.post(`/filings/${planId}/receipts`, { ...first, version: 2 })).status).toBe(201);
  expect((await world.department.post(`/filings/${planId}/receipts`, { ...first, version: 3 })).status).toBe(404);
});

it('answers another city, an institution and a stranger as if there were nothing', async () => {
  const planId = await world.filedPlan();
  const institution = service.as({ organisationId: world.training, permissions: roles['department-officer'] });

  expect((await world.cityOfficer('370200').post(`/filings/${planId}/receipts`, first)).status).toBe(404);
  expect((await institution.post(`/filings/${planId}/receipts`, first)).status).toBe(404);
  expect((await service.stranger.get('/filings')).status).toBe(401);
});
