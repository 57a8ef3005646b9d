import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DueDayExtended } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { assessment } from '../index.js';
import { aReleasedSession, aSession, created } from '../testing/a-session.js';
import { aCityOfficer, anOfficer, aWorld, type World } from '../testing/a-world.js';
import { aReportedSession, hearDecisions, report } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const statusIn = async (caller: World['preparer'], sessionId: string) => {
  const { items } = (await caller.get('/sessions')).body as { items: { id: string; status: { title: string } }[] };
  return items.find(({ id }) => id === sessionId)?.status;
};

it('says of every session in one read where it is, who must act and until when', async () => {
  const world = await aWorld(service);
  const open = await aSession(world, { theoryOn: '2026-03-15', abilityOn: '2026-03-16' });
  const sitting = await aReportedSession(world);
  const { sessionId, results } = sitting;
  const city = aCityOfficer(service);

  expect(await statusIn(world.preparer, open)).toEqual({
    ...{ state: 'open', title: '申报中', waitsFor: 'learner', dueOn: '2026-03-15' },
  });
  expect(await statusIn(city, sessionId)).toMatchObject({ title: '待省厅确认', waitsFor: 'department', dueOn: null });
  const [first, ...rest] = results;
  await hearDecisions(world, sitting, [
    { resultId: first.id },
    ...rest.map(({ id }) => ({ resultId: id, decision: 'confirmed' as const })),
  ]);
  for (const caller of [world.preparer, city, anOfficer(service)])
    expect(await statusIn(caller, sessionId)).toMatchObject({ title: '退回待更正', waitsFor: 'evaluation-preparer' });
  const answers = [{ resultId: first.id, action: 'corrected', correction: 'photo' }];
  created(await world.preparer.post(`/sessions/${sessionId}/returned`, { answers }));
  expect((await world.preparer.get(`/sessions/${sessionId}`)).body.status).toMatchObject({
    ...{ title: '更正后待再次报送', waitsFor: 'evaluation-approver' },
  });
});

it('filters sessions by subject, place and days', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const count = async (query: Record<string, string>) =>
    (await world.preparer.get('/sessions', query)).body.total as number;

  expect(await count({ level: 'junior', cityCode: '370100', from: '2026-03-11', to: '2026-03-11' })).toBe(1);
  expect(await count({ level: 'senior' })).toBe(0);
  expect(await count({ from: '2026-03-12' })).toBe(0);
  expect(await count({ organisationId: world.evaluationOrganisationId, occupationCode: '2-02-38-05' })).toBe(1);
  expect(await count({ organisationId: sessionId })).toBe(0);
});

it('judges a report by the day that the office has given the session', async () => {
  const world = await aWorld(service);
  const { sessionId } = await aReleasedSession(world);
  const extend = (kind: string, effectiveDueOn: string) =>
    service.hear(DueDayExtended, {
      ...{ kind, subjectId: sessionId, part: 1, organisationId: world.evaluationOrganisationId },
      ...{ effectiveDueOn, decidedOn: '2026-04-09' },
    });
  await extend('result-report', '2026-04-20');
  await extend('confirmation', '2026-05-20');

  service.clock.set('2026-04-20T23:59:59+08:00');

  expect((await world.preparer.get(`/sessions/${sessionId}`)).body).toMatchObject({
    ...{ dueOn: '2026-04-10', effectiveDueOn: '2026-04-20', status: { dueOn: '2026-04-20' } },
  });
  expect(created<object>(await report(world, sessionId))).toMatchObject({
    ...{ dueOn: '2026-04-10', effectiveDueOn: '2026-04-20', onTime: true },
  });
});
