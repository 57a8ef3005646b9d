import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { CandidatesQualified, SessionSat } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { applying, aQualifiedSession, aSatSession, aSession, created } from '../testing/a-session.js';
import { aWorld } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const codes = ({ status, body }: { status: number; body: { reasons?: { code: string }[] } }) => [
  status,
  ...(body.reasons ?? []).map(({ code }) => code),
];

async function anAppliedSession() {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const ids: string[] = [];
  for (const learner of world.learners) {
    ids.push(created(await applying(world, sessionId, learner)).applicationId);
  }
  const qualify = (decisions: object[]) => world.preparer.post(`/sessions/${sessionId}/qualify`, { decisions });
  return { world, sessionId, ids: ids as unknown as readonly [string, string, string], qualify };
}

it('gives those who may sit an admission number and announces them', async () => {
  const { world, sessionId, ids, qualify } = await anAppliedSession();

  const answer = await qualify([
    { applicationId: ids[0], qualified: true },
    { applicationId: ids[1], qualified: false, reason: '学历证明与承诺不符' },
    { applicationId: ids[2], qualified: true },
  ]);

  expect([answer.status, answer.body]).toEqual([201, { qualified: 2, refused: 1 }]);
  const { serial } = (await world.preparer.get(`/sessions/${sessionId}`)).body;
  const numbers = await service.query('select id, admission_number as number from application where session_id = $1', [
    sessionId,
  ]);
  expect(Object.fromEntries(numbers.map(({ id, number }) => [id, number]))).toEqual({
    [ids[0]]: `${serial}-001`,
    [ids[1]]: null,
    [ids[2]]: `${serial}-002`,
  });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: CandidatesQualified.type,
    data: { sessionId, candidates: [{ applicationId: ids[0], classId: world.classId }, { applicationId: ids[2] }] },
  });
  expect((await world.learners[1].caller.get('/applications/mine')).body.items).toMatchObject([
    { state: 'refused', reason: '学历证明与承诺不符' },
  ]);
  expect((await applying(world, sessionId, world.learners[1])).status).toBe(201);
});

it('names every decision that cannot stand, and decides nothing then', async () => {
  const { sessionId, ids, qualify } = await anAppliedSession();
  created(await qualify([{ applicationId: ids[0], qualified: true }]));
  const unknown = randomUUID();

  const { status, body } = await qualify([
    { applicationId: ids[0], qualified: true },
    { applicationId: ids[1], qualified: false },
    { applicationId: ids[2], qualified: true },
    { applicationId: ids[2], qualified: true },
    { applicationId: unknown, qualified: true },
  ]);

  expect([status, body.code]).toEqual([422, 'decisions-wrong']);
  expect((body.rows as Record<string, string>[]).map(({ reference, rule }) => [reference, rule])).toEqual([
    [ids[0], 'already-decided'],
    [ids[1], 'reason-missing'],
    [ids[2], 'repeated'],
    [unknown, 'application-unknown'],
  ]);
  const left = await service.query(`select 1 from application where session_id = $1 and state = 'submitted'`, [
    sessionId,
  ]);
  expect(left).toHaveLength(2);
});

it('ends the exam on the day of the last paper, when everybody was decided about', async () => {
  const { world, sessionId, ids, qualify } = await anAppliedSession();
  const close = () => world.preparer.post(`/sessions/${sessionId}/close-exam`);
  created(await qualify(ids.slice(1).map((applicationId) => ({ applicationId, qualified: true }))));

  expect(codes(await close())).toEqual([422, 'exam-in-future', 'qualification-undecided']);
  created(await qualify([{ applicationId: ids[0], qualified: true }]));
  service.clock.set('2026-03-11T17:00:00+08:00');
  expect((await close()).body).toEqual({ sessionId, lastPaperOn: '2026-03-11', candidates: 3 });

  expect((await service.announced()).at(-1)).toMatchObject({
    type: SessionSat.type,
    data: { sessionId, lastPaperOn: '2026-03-11', candidates: 3, cityCode: '370100' },
  });
  expect(codes(await close())).toEqual([422, 'session-not-open']);
});

it('decides nothing after the exam, and nothing about another institution’s candidates', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const { sessionId, applications } = await aSatSession(world);
  const decisions = [...applications.values()].map((applicationId) => ({ applicationId, qualified: true }));

  expect(codes(await world.preparer.post(`/sessions/${sessionId}/qualify`, { decisions }))).toEqual([
    422,
    'session-not-open',
  ]);
  expect((await other.preparer.post(`/sessions/${sessionId}/qualify`, { decisions })).status).toBe(404);
  expect((await other.preparer.post(`/sessions/${sessionId}/close-exam`)).status).toBe(404);
});

it('counts admission numbers on from one decision to the next', async () => {
  const world = await aWorld(service);
  const { admissions } = await aQualifiedSession(world);

  expect([...admissions.values()].map((number) => number.slice(-4))).toEqual(['-001', '-002', '-003']);
});
