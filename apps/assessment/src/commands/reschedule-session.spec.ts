import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  ClassCancelled,
  DirectoryEntrySuspended,
  ExamSiteRecorded,
  PlanWithdrawn,
  SessionCancelled,
  SessionOpened,
  SessionRescheduled,
} from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { applying, aQualifiedSession, aSatSession, aSession, created } from '../testing/a-session.js';
import { anExamPlan, aWorld, type World } from '../testing/a-world.js';
import { codes } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const days = { theoryOn: '2026-03-12', abilityOn: '2026-03-13' };
const reschedule = (world: World, sessionId: string, body: object, ifMatch = 1, caller = world.preparer) =>
  caller.put(`/sessions/${sessionId}`, { ...days, ...body }, { ifMatch });
const latest = async () => (await service.announced()).at(-1);

async function aSite(world: World, { seats = 50, from = '2026-01-01', to = null as string | null } = {}) {
  const siteId = randomUUID();
  await service.hear(ExamSiteRecorded, {
    ...{ siteId, organisationId: world.evaluationOrganisationId, cityCode: '370100', seats, from, to },
    ...{ name: '历下考点', address: '济南市历下区' },
  });
  return siteId;
}

const openAt = async (world: World, more: object) =>
  world.preparer.post('/sessions', {
    ...{
      planId: await anExamPlan(world),
      theoryOn: '2026-03-10',
      abilityOn: '2026-03-11',
      site: '历下考点',
      seats: 30,
    },
    ...more,
  });

it('gives a session other days and seats, once for each version that was read', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);

  const both = await Promise.all([
    reschedule(world, sessionId, { seats: 10 }),
    reschedule(world, sessionId, { seats: 20 }),
  ]);

  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await latest()).toMatchObject({ type: SessionRescheduled.type, data: { sessionId, ...days } });
  expect((await world.preparer.get(`/sessions/${sessionId}`)).body).toMatchObject({ ...days, version: 2 });
});

it('announces nothing when only the seats change', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const before = (await service.announced()).length;

  const answer = await reschedule(world, sessionId, { theoryOn: '2026-03-10', abilityOn: '2026-03-11', seats: 3 });

  expect([answer.status, (await service.announced()).length - before]).toEqual([200, 0]);
});

it('names every rule that other days would break, and changes nothing', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const { sessionId } = await aQualifiedSession(world);
  await service.hear(DirectoryEntrySuspended, {
    ...{ entryId: world.entryId, organisationId: world.evaluationOrganisationId, from: '2026-03-12', basis: '整改' },
  });

  expect(
    codes(await reschedule(world, sessionId, { theoryOn: '2026-03-01', abilityOn: '2026-03-21', seats: 2 })),
  ).toEqual([...[422, 'exam-in-past', 'seats-below-taken', 'outside-plan-dates', 'directory-suspended']]);
  expect(codes(await reschedule(other, sessionId, {}))).toEqual([404]);
  expect((await world.preparer.put(`/sessions/${sessionId}`, days)).status).toBe(400);
  service.clock.set('2026-03-11T00:00:00+08:00');
  const begun = await reschedule(world, sessionId, { theoryOn: '2026-03-11', abilityOn: '2026-03-11' });
  expect(codes(begun)).toEqual([422, 'exam-begun']);
  expect((await world.preparer.get(`/sessions/${sessionId}`)).body).toMatchObject({
    version: 1,
    theoryOn: '2026-03-10',
  });
});

it('changes no session that was sat', async () => {
  const world = await aWorld(service);
  const { sessionId } = await aSatSession(world);

  expect(codes(await reschedule(world, sessionId, {}))).toEqual([422, 'session-not-open']);
  expect(codes(await world.preparer.post(`/sessions/${sessionId}/cancel`, { reason: '场地停电' }))).toEqual([
    ...[422, 'session-not-open'],
  ]);
});

it('cancels a session with its applications, and lets their applicants apply elsewhere', async () => {
  const world = await aWorld(service);
  const { sessionId } = await aQualifiedSession(world);
  const cancel = () => world.preparer.post(`/sessions/${sessionId}/cancel`, { reason: '考点场地维修' });

  const both = await Promise.all([cancel(), cancel()]);

  expect(both.map(codes).sort()).toEqual([[201], [422, 'session-cancelled']]);
  expect(both.find(({ status }) => status === 201)?.body).toMatchObject({ applications: 3 });
  expect((await service.announced()).filter(({ type }) => type === SessionCancelled.type)).toHaveLength(1);
  const [learner] = world.learners;
  expect((await learner.caller.get('/applications/mine')).body.items).toMatchObject([
    { state: 'withdrawn', endReason: 'session-cancelled' },
  ]);
  expect(codes(await applying(world, sessionId, learner))).toEqual([422, 'session-closed']);
  expect(
    (
      await world.preparer.post(`/sessions/${sessionId}/results`, {
        results: [{ admissionNumber: 'x', theory: 1, ability: 1 }],
      })
    ).body.reasons,
  ).toMatchObject([{ code: 'session-cancelled' }]);
  created(await applying(world, await aSession(world), learner));
});

it('seats at one place no more than it holds on a day, however many sessions ask at once', async () => {
  const world = await aWorld(service);
  const siteId = await aSite(world);

  const both = await Promise.all([openAt(world, { siteId }), openAt(world, { siteId })]);

  expect(both.map(codes).sort()).toEqual([[201], [422, 'site-full']]);
  const sessionId = both.find(({ status }) => status === 201)?.body.sessionId as string;
  expect(codes(await openAt(world, { siteId, seats: 21 }))).toEqual([422, 'site-full']);
  created(await openAt(world, { siteId, seats: 20 }));
  created(await openAt(world, { siteId, theoryOn: '2026-03-12', abilityOn: '2026-03-12' }));
  expect(
    codes(await reschedule(world, sessionId, { theoryOn: '2026-03-10', abilityOn: '2026-03-11', seats: 31 })),
  ).toEqual([...[422, 'site-full']]);
  expect((await reschedule(world, sessionId, { siteId: null, seats: 31 })).status).toBe(200);
});

it('holds an exam only at its own places, while they are open', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];

  expect(codes(await openAt(world, { siteId: await aSite(other) }))).toEqual([422, 'site-unknown']);
  expect(codes(await openAt(world, { siteId: await aSite(world, { to: '2026-03-10' }) }))).toEqual([
    422,
    'site-not-open',
  ]);
});

it('plans a session first and opens it on its day', async () => {
  const world = await aWorld(service);
  const { sessionId } = created(await openAt(world, { opensOn: '2026-03-05' }));
  const opened = async () =>
    (await service.announced()).filter(
      ({ type, data }) => type === SessionOpened.type && data['sessionId'] === sessionId,
    );
  const [learner] = world.learners;

  expect((await world.preparer.get(`/sessions/${sessionId}`)).body.state).toBe('planned');
  expect([(await opened()).length, codes(await applying(world, sessionId, learner))]).toEqual([
    0,
    [422, 'session-closed'],
  ]);
  expect((await reschedule(world, sessionId, {})).status).toBe(200);
  service.clock.set('2026-03-05T00:00:01+08:00');
  await service.runTimers();

  expect((await opened()).map(({ data }) => data)).toMatchObject([days]);
  created(await applying(world, sessionId, learner));
  expect(codes(await openAt(world, { opensOn: '2026-03-11' }))).toEqual([422, 'opens-too-late']);
  const { sessionId: cancelled } = created(await openAt(world, { opensOn: '2026-03-06' }));
  created(await world.preparer.post(`/sessions/${cancelled}/cancel`, { reason: '计划有变' }));
  service.clock.set('2026-03-06T00:00:01+08:00');
  await service.runTimers();
  expect((await world.preparer.get(`/sessions/${cancelled}`)).body.state).toBe('cancelled');
});

it('begins nothing under a plan that was withdrawn, and does not mind a cancelled class', async () => {
  const world = await aWorld(service);
  const planId = await anExamPlan(world, { filed: false });
  const organisationId = world.trainingOrganisationId;
  await service.hear(ClassCancelled, { classId: world.classId, organisationId, cancelledOn: '2026-03-01' });
  await service.hear(PlanWithdrawn, { planId, kind: 'exam', organisationId, withdrawnOn: '2026-03-01' });

  const body = { planId, theoryOn: '2026-03-10', abilityOn: '2026-03-11', site: '历下考点', seats: 30 };
  expect(codes(await world.preparer.post('/sessions', body))).toEqual([422, 'plan-not-filed', 'plan-withdrawn']);
  expect(codes(await world.approver.post(`/exam-plans/${planId}/answer`, { version: 1, consented: true }))).toEqual([
    ...[422, 'plan-withdrawn'],
  ]);
  expect((await world.approver.get(`/exam-plans/${planId}`)).body.state).toBe('withdrawn');
});
