import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ResultHoldChanged, ResultVoided } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { assessment } from '../index.js';
import { aReleasedSession, aSatSession, created, marksFor } from '../testing/a-session.js';
import { aWorld, hearASetting, type Learner, type World } from '../testing/a-world.js';
import { codes, hearDecisions, report, resultsOf } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(async () => {
  service.clock.set('2026-03-02T09:00:00+08:00');
  for (const rule of ['objection-window', 'objection-answer', 'report-waits-for-objections'])
    await hearASetting(service, rule, null);
});
afterAll(() => service.stop());

const mineOf = async ({ caller }: Learner) =>
  (await caller.get('/results/mine')).body.items as [{ id: string; held: boolean; state: string }];
const raise = async (learner: Learner, resultId: string, reason = '专业能力第二题漏评') =>
  learner.caller.post(`/results/${resultId}/objections`, { kind: 'marks', reason });
const decide = (world: World, objectionId: string, decision: string, caller = world.approver) =>
  caller.post(`/objections/${objectionId}/decide`, { decision, answer: '已调取答卷复查' });
const holds = async () =>
  (await service.announced()).filter(({ type }) => type === ResultHoldChanged.type).map(({ data }) => data['held']);

async function anObjection(world: World) {
  const sitting = await aReleasedSession(world);
  const [learner] = world.learners;
  const [{ id: resultId }] = await mineOf(learner);
  const { objectionId } = created<{ objectionId: string }>(await raise(learner, resultId));
  return { ...sitting, learner, resultId, objectionId };
}

it('holds the result, leaves it out of the report, and reports it in the next part once the objection is rejected', async () => {
  const world = await aWorld(service);
  const { sessionId, learner, resultId, objectionId } = await anObjection(world);
  expect(await mineOf(learner)).toMatchObject([{ held: true }]);
  expect(codes(await raise(learner, resultId))).toEqual([422, 'objection-open']);

  expect(created<object>(await report(world, sessionId))).toMatchObject({ part: 1, rows: 2, leftOut: 1 });
  created(await decide(world, objectionId, 'rejected'));

  expect((await holds()).slice(-2)).toEqual([true, false]);
  expect((await learner.caller.get('/objections/mine')).body).toMatchObject({
    ...{ total: 1, items: [{ state: 'rejected', answer: '已调取答卷复查', status: { waitsFor: null } }] },
  });
  expect(created<object>(await report(world, sessionId))).toMatchObject({ part: 2, rows: 1, leftOut: 0 });
  expect(codes(await decide(world, objectionId, 'upheld'))).toEqual([422, 'objection-decided']);
  expect(JSON.stringify(await service.announced())).not.toContain('漏评');
});

it('voids the result of an objection that is upheld, so that another is recorded and released', async () => {
  const world = await aWorld(service);
  const { sessionId, learner, resultId, objectionId, ...sitting } = await anObjection(world);

  const both = await Promise.all([decide(world, objectionId, 'upheld'), decide(world, objectionId, 'upheld')]);

  expect(both.map(codes).sort()).toEqual([[201], [422, 'objection-decided']]);
  const events = (await service.announced()).slice(-2);
  expect(events.map(({ type }) => type)).toEqual([ResultVoided.type, ResultHoldChanged.type]);
  expect(events[0]?.data).toMatchObject({ resultId, reason: 'objection-upheld' });
  const path = `/sessions/${sessionId}`;
  const better = marksFor({ sessionId, ...sitting }, { [learner.name]: { theory: 90, ability: 90 } }).slice(0, 1);
  created(await world.preparer.post(`${path}/results`, { results: better }));
  created(await world.approver.post(`${path}/release`));
  expect((await mineOf(learner)).map(({ state }) => state).sort()).toEqual(['released', 'void']);
  expect(created<object>(await report(world, sessionId))).toMatchObject({ rows: 3, leftOut: 0 });
});

it('waits with the report for objections where the office has set so', async () => {
  const world = await aWorld(service);
  const { sessionId, objectionId } = await anObjection(world);
  await hearASetting(service, 'report-waits-for-objections', { waits: true });

  expect(codes(await report(world, sessionId))).toEqual([422, 'results-held']);
  created(await decide(world, objectionId, 'rejected'));
  created(await report(world, sessionId));
});

it('takes objections for as long as the office has set, and gives each a due day', async () => {
  const world = await aWorld(service);
  await hearASetting(service, 'objection-window', { days: 5 });
  await hearASetting(service, 'objection-answer', { workingDays: 3 });
  await aReleasedSession(world);
  const [first, second] = world.learners;

  service.clock.set('2026-03-16T23:59:59+08:00');
  const raised = created<{ dueOn: string }>(await raise(first, (await mineOf(first))[0].id));
  expect(raised.dueOn).toBe('2026-03-19');
  service.clock.set('2026-03-17T00:00:00+08:00');
  expect(codes(await raise(second, (await mineOf(second))[0].id))).toEqual([422, 'objection-late']);
  const line = { waitsFor: 'evaluation-approver', dueOn: '2026-03-19', title: '待处理' };
  expect((await world.approver.get('/objections')).body).toMatchObject({ total: 1, items: [{ status: line }] });
  service.clock.set('2026-03-20T09:00:00+08:00');
  expect((await world.approver.get('/objections', { overdue: 'true' })).body.total).toBe(1);
  expect((await world.approver.get('/objections', { overdue: 'false' })).body.total).toBe(0);
});

it('lets nobody object to what is another’s, is not released or is void, nor judge what they recorded', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const sitting = await aSatSession(world);
  const [learner, second, third] = world.learners;
  created(
    await world.approver.post(`/sessions/${sitting.sessionId}/results`, { results: marksFor(sitting).slice(0, 1) }),
  );
  created(await world.preparer.post(`/sessions/${sitting.sessionId}/results`, { results: marksFor(sitting).slice(1) }));
  const [unreleased] = await resultsOf(world, sitting.sessionId);
  expect((await raise(learner, unreleased.id)).status).toBe(404);
  const releaser = service.as({
    ...{ reach: 'organisation', organisationId: world.evaluationOrganisationId },
    permissions: ['results:release', 'objections:decide'],
  });
  created(await releaser.post(`/sessions/${sitting.sessionId}/release`));

  const [{ id }] = await mineOf(learner);
  expect((await raise(second, id)).status).toBe(404);
  expect((await raise(learner, id, '我的手机 13812345678')).status).toBe(400);
  const { objectionId } = created<{ objectionId: string }>(await raise(learner, id));
  expect(codes(await decide(world, objectionId, 'rejected'))).toEqual([422, 'same-person']);
  expect((await decide(other, objectionId, 'rejected')).status).toBe(404);
  const [{ id: gone }] = await mineOf(third);
  created(await releaser.post(`/results/${gone}/void`, { reason: '替考', code: 'violation-found' }));
  expect(codes(await raise(third, gone))).toEqual([422, 'result-void']);
});

it('upholds nothing that the department has confirmed, and leaves the objection open', async () => {
  const world = await aWorld(service);
  const sitting = await aReleasedSession(world);
  const [learner] = world.learners;
  created(await report(world, sitting.sessionId));
  const results = await resultsOf(world, sitting.sessionId);
  await hearDecisions(world, { ...sitting, batchId: sitting.sessionId, results }, [
    ...results.map(({ id }) => ({ resultId: id, decision: 'confirmed' as const })),
  ]);
  const { objectionId } = created<{ objectionId: string }>(await raise(learner, (await mineOf(learner))[0].id));

  expect(codes(await decide(world, objectionId, 'upheld'))).toEqual([422, 'already-confirmed']);
  expect((await world.approver.get('/objections', { state: 'open' })).body.total).toBe(1);
  created(await decide(world, objectionId, 'rejected'));
});

it('closes an objection to a result that was voided meanwhile', async () => {
  const world = await aWorld(service);
  const { resultId, objectionId } = await anObjection(world);
  created(await world.approver.post(`/results/${resultId}/void`, { reason: '登分错误' }));

  expect((await decide(world, objectionId, 'upheld')).status).toBe(201);
});
