import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ExamPlanAnswered } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { anExamPlan, aWorld, hearAnEntry, hearFiling } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
afterAll(() => service.stop());

const codes = (body: { reasons: { code: string }[] }) => body.reasons.map(({ code }) => code);

it('consents to a plan once, announces it, and shows the plan on its way', async () => {
  const world = await aWorld(service);
  const planId = await anExamPlan(world, { filed: false });
  const answer = () => world.approver.post(`/exam-plans/${planId}/answer`, { version: 1, consented: true });

  const both = await Promise.all([answer(), answer()]);

  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(codes(both.find(({ status }) => status === 422)?.body)).toEqual(['exam-plan-answered']);
  expect((await service.announced()).filter(({ data }) => data['planId'] === planId)).toMatchObject([
    { type: ExamPlanAnswered.type, data: { version: 1, consented: true, reason: null } },
  ]);
  expect((await world.preparer.get(`/exam-plans/${planId}`)).body).toMatchObject({
    state: 'consented',
    trainingOrganisationName: '泉城智能制造培训中心',
  });
  await hearFiling(service, { ...world, planId });
  const { body } = await world.preparer.get('/exam-plans', { state: 'filed' });
  expect(body).toMatchObject({ total: 1, items: [{ id: planId, state: 'filed' }] });
});

it('says no only with a reason, and needs no directory entry for that', async () => {
  const world = await aWorld(service);
  await hearAnEntry(service, {
    organisationId: world.evaluationOrganisationId,
    entryId: world.entryId,
    to: '2025-12-31',
  });
  const planId = await anExamPlan(world, { filed: false });
  const answer = (more: object) => world.approver.post(`/exam-plans/${planId}/answer`, { version: 1, ...more });

  expect(codes((await answer({ consented: false })).body)).toEqual(['reason-missing']);
  expect(codes((await answer({ consented: true })).body)).toEqual(['directory-dates']);
  expect((await answer({ consented: false, reason: '场地不足' })).status).toBe(201);
  expect((await world.approver.get(`/exam-plans/${planId}`)).body).toMatchObject({
    state: 'refused',
    reason: '场地不足',
  });
});

it('names the missing scope of the directory', async () => {
  const world = await aWorld(service);
  const entry = { organisationId: world.evaluationOrganisationId, entryId: world.entryId };
  await hearAnEntry(service, { ...entry, levels: ['senior'] });
  const planId = await anExamPlan(world, { filed: false });

  const { body } = await world.approver.post(`/exam-plans/${planId}/answer`, { version: 1, consented: true });

  expect(codes(body)).toEqual(['directory-level']);
});

it('knows a stale version from the one that stands', async () => {
  const world = await aWorld(service);
  const planId = await anExamPlan(world, { filed: false });

  const { status, body } = await world.approver.post(`/exam-plans/${planId}/answer`, { version: 2, consented: true });

  expect([status, body.code]).toEqual([409, 'stale-version']);
});

it('is not there for another institution, and nothing tells it from a plan that is still on its way', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const planId = await anExamPlan(world, { filed: false });
  const answer = (id: string) => other.approver.post(`/exam-plans/${id}/answer`, { version: 1, consented: true });
  const body = { theoryOn: '2026-03-10', abilityOn: '2026-03-11', site: '济南市考核站点', seats: 1 };
  const open = (id: string) => other.preparer.post('/sessions', { planId: id, ...body });
  const unknown = randomUUID();

  const acts = await Promise.all([answer(planId), answer(unknown), open(planId), open(unknown)]);
  const reads = await Promise.all([planId, unknown, 'not-an-id'].map((id) => other.approver.get(`/exam-plans/${id}`)));

  expect(acts.map(({ status, body }) => [status, body.code])).toEqual(Array(4).fill([409, 'not-yet-known']));
  expect(acts[0]?.headers['retry-after']).toBe('1');
  expect(reads.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([404, 'not-found']));
  expect((await other.approver.get('/exam-plans')).body.total).toBe(0);
});
