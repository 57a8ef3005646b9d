import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { assessment } from '../index.js';
import { applying, aReleasedSession, aSatSession, aSession, created, marksFor } from '../testing/a-session.js';
import { aCityOfficer, anOfficer, aWorld, hearASetting, type World } from '../testing/a-world.js';
import { codes, resultsOf } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const recheck = (world: World, resultId: string, body: object, caller = world.approver) =>
  caller.post(`/results/${resultId}/recheck`, body);

async function aMarkedSession(world: World) {
  const sitting = await aSatSession(world);
  created(await world.preparer.post(`/sessions/${sitting.sessionId}/results`, { results: marksFor(sitting) }));
  return { ...sitting, results: await resultsOf(world, sitting.sessionId) };
}

it('lets a second person confirm a result before the release, or write down what is right', async () => {
  const world = await aWorld(service);
  const { sessionId, results } = await aMarkedSession(world);
  const [first, second] = results;

  expect(created<object>(await recheck(world, first.id, { confirmed: true }))).toMatchObject({ outcome: 'confirmed' });
  created(await recheck(world, second.id, { confirmed: false, theory: 59, ability: 90 }));

  expect((await world.preparer.get(`/results/${second.id}`)).body).toMatchObject({
    ...{ outcome: 'failed', version: 2, recheckedAt: expect.any(String), versions: [{ theory: 80 }, { theory: 59 }] },
  });
  // Whoever corrected a result has recorded it.
  expect(codes(await world.approver.post(`/sessions/${sessionId}/release`))).toEqual([422, 'same-person']);
});

it('rechecks nothing by whoever recorded it, with marks that cannot be, after the release, or of others', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const { sessionId, results } = await aMarkedSession(world);
  const [first, second] = results;

  expect(codes(await recheck(world, first.id, { confirmed: true }, world.preparer))).toEqual([422, 'same-recorder']);
  const wrong = await recheck(world, first.id, { confirmed: false, theory: 101 });
  expect(codes(wrong)).toEqual([422, 'scores-wrong']);
  expect((wrong.body.rows as { rule: string }[]).map(({ rule }) => rule)).toEqual(['score-range', 'score-missing']);
  expect((await recheck(other, first.id, { confirmed: true })).status).toBe(404);
  created(await world.approver.post(`/sessions/${sessionId}/release`));
  expect(codes(await recheck(world, first.id, { confirmed: true }))).toEqual([422, 'already-released']);
  created(await world.approver.post(`/results/${second.id}/void`, { reason: '登分错误' }));
  expect(codes(await recheck(world, second.id, { confirmed: true }))).toEqual([422, 'result-void']);
});

it('A27 A28 asks for the whole exam again, and lets a passed paper stand only where the office has set so', async () => {
  const world = await aWorld(service);
  const [learner] = world.learners;
  await aReleasedSession(world, { [learner.name]: { theory: 77, ability: 50 } });
  service.clock.set('2026-03-12T09:00:00+08:00');
  const sessionId = await aSession(world, { theoryOn: '2026-03-13', abilityOn: '2026-03-14' });
  const { applicationId } = created(await applying(world, sessionId, learner));
  const decisions = [{ applicationId, qualified: true }];
  created(await world.preparer.post(`/sessions/${sessionId}/qualify`, { decisions }));
  service.clock.set('2026-03-14T18:00:00+08:00');
  created(await world.preparer.post(`/sessions/${sessionId}/close-exam`));
  const [{ admissionNumber }] = (await learner.caller.get('/applications/mine')).body.items;
  const record = async () =>
    created<{ refused: object[] }>(
      await world.preparer.post(`/sessions/${sessionId}/results`, { results: [{ admissionNumber, ability: 88 }] }),
    );

  expect((await record()).refused).toMatchObject([{ field: 'theory', rule: 'score-missing' }]);
  await hearASetting(service, 'resit-part-stands', { stands: true });
  expect((await record()).refused).toEqual([]);

  expect(await resultsOf(world, sessionId)).toMatchObject([{ outcome: 'passed', theory: 77, stands: ['theory'] }]);
  await hearASetting(service, 'resit-part-stands', null);
  expect((await record()).refused).toMatchObject([{ rule: 'score-missing' }]);
});

it('keeps a file beside a violation, once and only if it is what it says, and shows it to those who may see', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const { sessionId, results } = await aMarkedSession(world);
  const pdf = Buffer.from('%PDF-1.7 违纪记录');
  const path = `/results/${results[0].id}/evidence`;
  const keep = (caller: World['preparer'], bytes = pdf, type = 'application/pdf') =>
    caller.upload(path, bytes, { type });

  const { evidenceId } = created<{ evidenceId: string }>(await keep(world.preparer));
  expect(created<object>(await keep(world.preparer))).toMatchObject({ evidenceId });

  expect(codes(await keep(world.preparer, Buffer.from('<html>')))).toEqual([422, 'file-content-differs']);
  expect(codes(await keep(world.preparer, pdf, 'image/png'))).toEqual([422, 'file-content-differs']);
  expect((await keep(world.preparer, pdf, 'application/octet-stream')).status).toBe(415);
  expect((await keep(other.preparer)).status).toBe(404);
  const { body } = await anOfficer(service).get(`/sessions/${sessionId}/evidence`);
  expect(body).toMatchObject({ total: 1, items: [{ subject: 'result', mediaType: 'application/pdf' }] });
  expect((await world.preparer.download(`/evidence/${evidenceId}/file`)).equals(pdf)).toBe(true);
  expect((await other.preparer.get(`/evidence/${evidenceId}/file`)).status).toBe(404);
  expect((await other.preparer.get(`/sessions/${sessionId}/evidence`)).status).toBe(404);
});

it('records what the city saw at an exam, for the city, the institution and the department', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const { sessionId } = await aSatSession(world);
  const [city, foreign] = [aCityOfficer(service), aCityOfficer(service, '370200')];
  const patrol = (body: object = {}, caller = city) =>
    caller.post(`/sessions/${sessionId}/patrols`, {
      on: '2026-03-10',
      findings: ['devices'],
      note: '收缴手机一部',
      ...body,
    });

  const { patrolId } = created<{ patrolId: string }>(await patrol());
  created(
    await city.upload(`/patrols/${patrolId}/evidence`, Buffer.from('\xff\xd8\xffphoto', 'latin1'), {
      type: 'image/jpeg',
    }),
  );

  const seen = async (caller: World['preparer'], query = {}) =>
    (await caller.get('/patrols', { sessionId, ...query })).body as { total: number; items: object[] };
  expect(await seen(world.preparer)).toMatchObject({
    ...{ total: 1, items: [{ on: '2026-03-10', findings: ['devices'], evidence: 1 }] },
  });
  expect((await seen(anOfficer(service), { finding: 'devices' })).total).toBe(1);
  expect((await seen(city, { finding: 'papers' })).total).toBe(0);
  expect([(await seen(other.preparer)).total, (await seen(foreign)).total]).toEqual([0, 0]);
  expect(codes(await patrol({}, foreign))).toEqual([404]);
  expect(codes(await patrol({ on: '2026-03-09', findings: ['none', 'papers'] }))).toEqual([
    ...[422, 'patrol-outside-exam', 'findings-contradict'],
  ]);
  expect(codes(await patrol({ on: '2026-03-12' }))).toEqual([422, 'patrol-in-future', 'patrol-outside-exam']);
  expect((await patrol({ findings: ['fine'] })).status).toBe(400);
});
