import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { EnrolmentsWithdrawn } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { applying, aReleasedSession, aSatSession, aSession, created } from '../testing/a-session.js';
import { aCityOfficer, anExamPlan, anOfficer, aWorld, hearAClass, names, type World } from '../testing/a-world.js';
import { codes } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

interface Invited {
  readonly dueOn: string;
  readonly invited: readonly { personId: string }[];
  readonly refused: readonly { personId: string; rule: string }[];
}
const invite = (world: World, sessionId: string, body: object) =>
  world.preparer.post(`/sessions/${sessionId}/invitations`, body);
const pipelineOf = async (caller: World['preparer'], query = {}) =>
  (await caller.get('/pipeline', query)).body as {
    items: { personId: string; state: string; maskedName: string; examOn: string }[];
    total: number;
    next: string | null;
  };

it('invites a class, and its learners see the session with the day', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const [learner, other] = world.learners;
  created(await applying(world, sessionId, other));

  const answer = created<Invited>(await invite(world, sessionId, { classId: world.classId, until: '2026-03-08' }));

  expect(answer).toMatchObject({
    dueOn: '2026-03-08',
    refused: [{ personId: other.personId, rule: 'already-applied' }],
  });
  expect(answer.invited).toHaveLength(2);
  const { body } = await learner.caller.get('/sessions/open', { invited: 'true' });
  expect(body).toMatchObject({ total: 1, items: [{ sessionId, invited: true, inviteDueOn: '2026-03-08' }] });
  expect((await other.caller.get('/sessions/open', { invited: 'true' })).body.total).toBe(0);
  const again = created<Invited>(await invite(world, sessionId, { personIds: [learner.personId, randomUUID()] }));
  expect(again.refused.map(({ rule }) => rule)).toEqual(['already-invited', 'person-unknown']);
  created(await applying(world, sessionId, learner));
  const list = (await world.preparer.get(`/sessions/${sessionId}/invitations`)).body as {
    total: number;
    items: { applied: boolean; maskedName: string }[];
  };
  expect([list.total, list.items.filter(({ applied }) => applied).length]).toEqual([2, 1]);
  expect(list.items[0]?.maskedName).toMatch(/\*\*$/);
});

it('invites nobody whom the institution has nothing to do with, nor for another subject, nor too late', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const sessionId = await aSession(world);
  await aSession(other);

  expect(codes(await invite(world, sessionId, { classId: other.classId }))).toEqual([422, 'nobody-to-invite']);
  expect(codes(await invite(world, sessionId, { classId: world.classId, until: '2026-03-11' }))).toEqual([
    ...[422, 'invitation-day-wrong'],
  ]);
  expect(codes(await invite(other, sessionId, { classId: other.classId }))).toEqual([404]);
  const foreign = created<Invited>(await invite(world, sessionId, { personIds: [other.learners[0].personId] }));
  expect(foreign.refused).toMatchObject([{ rule: 'person-unknown' }]);
  const classId = randomUUID();
  const { trainingPlanId, trainingOrganisationId } = world;
  const senior = world.learners.map((one) => ({ ...one, personId: randomUUID(), enrolmentId: randomUUID() }));
  await hearAClass(service, { classId, trainingPlanId, trainingOrganisationId, learners: senior, level: 'senior' });
  const wrong = created<Invited>(await invite(world, sessionId, { classId }));
  expect(wrong.refused.map(({ rule }) => rule)).toEqual(Array(3).fill('subject-differs'));
  const { sessionId: sat } = await aSatSession(world);
  expect(codes(await invite(world, sat, { classId: world.classId }))).toContain('session-not-open');
});

it('counts the learners of a class from the hours to the pass, and shows each of them masked', async () => {
  const world = await aWorld(service, { people: names(5) });
  const { sessionId } = await aReleasedSession(world, { [world.learners[0].name]: { theory: 1, ability: 1 } });
  service.clock.set('2026-03-02T09:00:00+08:00');
  const classId = randomUUID();
  const { trainingPlanId, trainingOrganisationId } = world;
  const more = world.learners.map((one) => ({ ...one, personId: randomUUID(), enrolmentId: randomUUID() }));
  await hearAClass(service, { classId, trainingPlanId, trainingOrganisationId, learners: more });
  const [left] = more;
  const withdrawn = { enrolmentId: left?.enrolmentId ?? '', personId: left?.personId ?? '', reason: 'moved' };
  await service.hear(EnrolmentsWithdrawn, {
    ...{ classId, organisationId: trainingOrganisationId, withdrawnOn: '2026-03-01', enrolments: [withdrawn] },
  });

  const { total, items, next } = await pipelineOf(world.preparer, { limit: 5 });

  expect(total).toBe(9);
  expect((await pipelineOf(world.preparer, { limit: 5, cursor: next ?? '' })).items).toHaveLength(4);
  expect(items.every(({ maskedName }) => /^.\*+$/.test(maskedName))).toBe(true);
  const passed = await pipelineOf(world.preparer, { state: 'passed', classId: world.classId });
  expect([passed.total, passed.items[0]?.examOn]).toEqual([4, '2026-03-11']);
  expect((await pipelineOf(world.preparer, { level: 'senior' })).total).toBe(0);
  expect((await pipelineOf(world.preparer, { from: '2026-03-12' })).total).toBe(0);
  const counts = (await world.preparer.get('/pipeline/counts')).body;
  expect(counts.total).toBe(2);
  expect(counts.items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ classId: world.classId, notApplied: 0, sat: 1, passed: 4, examOn: '2026-03-11' }),
      expect.objectContaining({ classId, notApplied: 4, applied: 0, passed: 0, examOn: '2026-03-01' }),
    ]),
  );
  expect(sessionId).toBeTruthy();
});

it('shows the pipeline to the city and the department, and to no other institution', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  await anExamPlan(world);
  const seenBy = async (caller: World['preparer']) => (await pipelineOf(caller, { classId: world.classId })).total;

  expect(await seenBy(world.preparer)).toBe(3);
  expect(await seenBy(other.preparer)).toBe(0);
  expect(await seenBy(aCityOfficer(service))).toBe(3);
  expect(await seenBy(aCityOfficer(service, '370200'))).toBe(0);
  expect(await seenBy(anOfficer(service))).toBe(3);
});
