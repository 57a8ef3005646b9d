import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { EnrolmentsWithdrawn, ResultsReleased } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { assessment } from '../index.js';
import { aReleasedSession, aSatSession, created, marksFor } from '../testing/a-session.js';
import { aWorld, type Learner, type World } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const codes = ({ status, body }: { status: number; body: { reasons?: { code: string }[] } }) => [
  status,
  ...(body.reasons ?? []).map(({ code }) => code),
];
const resultsOf = async (world: World, sessionId: string) =>
  (await world.preparer.get(`/sessions/${sessionId}/results`)).body.items as { id: string; state: string }[];

it('releases what others have recorded, once, and announces it', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const [one, two] = marksFor(sitting);
  created(await world.preparer.post(`/sessions/${sitting.sessionId}/results`, { results: [one, two] }));
  const release = () => world.approver.post(`/sessions/${sitting.sessionId}/release`);

  const both = await Promise.all([release(), release()]);

  expect(both.map(codes).sort()).toEqual([[201], [422, 'nothing-recorded']]);
  expect(both.find(({ status }) => status === 201)?.body).toEqual({ released: 2, passed: 2, missing: 1, withdrawn: 0 });
  expect((await service.announced()).filter(({ type }) => type === ResultsReleased.type)).toHaveLength(1);
  expect((await service.announced()).at(-1)).toMatchObject({
    data: { sessionId: sitting.sessionId, results: [{ outcome: 'passed' }, { outcome: 'passed' }] },
  });
});

it('lets nobody release what they recorded themselves, not even an earlier version of it', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const [first] = marksFor(sitting);
  const path = `/sessions/${sitting.sessionId}`;
  created(await world.approver.post(`${path}/results`, { results: [first] }));
  created(await world.preparer.post(`${path}/results`, { results: marksFor(sitting) }));

  const answer = await world.approver.post(`${path}/release`);

  expect(codes(answer)).toEqual([422, 'same-person']);
  expect((await resultsOf(world, sitting.sessionId)).map(({ state }) => state)).toEqual(Array(3).fill('recorded'));
});

it('releases nothing for whoever left the class after the marks were handed in, and reports without them', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const path = `/sessions/${sitting.sessionId}`;
  created(await world.preparer.post(`${path}/results`, { results: marksFor(sitting) }));
  const leave = (learners: readonly Learner[]) =>
    service.hear(EnrolmentsWithdrawn, {
      ...{ classId: world.classId, organisationId: world.trainingOrganisationId, withdrawnOn: '2026-03-12' },
      enrolments: learners.map(({ enrolmentId, personId }) => ({ enrolmentId, personId, reason: 'entered-wrongly' })),
    });
  await leave(world.learners.slice(0, 1));

  const released = await world.approver.post(`${path}/release`);

  expect(released.body).toEqual({ released: 2, passed: 2, missing: 0, withdrawn: 1 });
  expect(codes(await world.approver.post(`${path}/release`))).toEqual([422, 'enrolment-withdrawn']);
  expect((await resultsOf(world, sitting.sessionId)).map(({ state }) => state).sort()).toEqual([
    ...['recorded', 'released', 'released'],
  ]);
  expect((await world.learners[0].caller.get('/results/mine')).body.items).toEqual([]);
  expect((await world.approver.post(`${path}/result-report`)).body).toMatchObject({ rows: 2 });
});

it('changes no released result', async () => {
  const world = await aWorld(service);
  const sitting = await aReleasedSession(world);

  const { body } = await world.preparer.post(`/sessions/${sitting.sessionId}/results`, { results: marksFor(sitting) });

  expect(body.recorded).toEqual([]);
  expect((body.refused as { rule: string }[]).map(({ rule }) => rule)).toEqual(Array(3).fill('already-released'));
});

it('A36 voids a released result with a reason, keeps it, and counts without it', async () => {
  const world = await aWorld(service);
  const sitting = await aReleasedSession(world);
  const [first] = await resultsOf(world, sitting.sessionId);
  const doVoid = () => world.approver.post(`/results/${first?.id}/void`, { reason: '登分错误，已核对答卷' });

  expect((await doVoid()).status).toBe(201);
  expect(codes(await doVoid())).toEqual([422, 'result-void']);

  created(
    await world.preparer.post(`/sessions/${sitting.sessionId}/results`, {
      results: marksFor(sitting, { [world.learners[0].name]: { theory: 40, ability: 40 } }).slice(0, 1),
    }),
  );
  created(await world.approver.post(`/sessions/${sitting.sessionId}/release`));
  const { body } = await world.preparer.get(`/sessions/${sitting.sessionId}`);
  expect(body.counts).toMatchObject({ released: 3, passed: 2, voided: 1, missing: 0 });
  expect((await world.preparer.get(`/results/${first?.id}`)).body).toMatchObject({
    ...{ state: 'void', voidReason: '登分错误，已核对答卷', theory: 80 },
  });
  const report = created<{ rows: number }>(await world.approver.post(`/sessions/${sitting.sessionId}/result-report`));
  expect(report.rows).toBe(2);
});

it('voids nothing that is not released, and nothing twice', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  created(await world.preparer.post(`/sessions/${sitting.sessionId}/results`, { results: marksFor(sitting) }));
  const [first] = await resultsOf(world, sitting.sessionId);
  const doVoid = () => world.approver.post(`/results/${first?.id}/void`, { reason: '登分错误' });

  expect(codes(await doVoid())).toEqual([422, 'result-not-released']);
  created(await world.approver.post(`/sessions/${sitting.sessionId}/release`));
  expect((await Promise.all([doVoid(), doVoid()])).map(codes).sort()).toEqual([[201], [422, 'result-void']]);
});
