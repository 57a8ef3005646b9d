import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ResultReportFiled, ResultVoided, ReturnsGivenUp, RowsNationallyReturned } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { created } from '../testing/a-session.js';
import { aWorld, type World } from '../testing/a-world.js';
import { aReportedSession, codes, hearDecisions, report, type Reported, resultsOf } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const answer = (world: World, sessionId: string, answers: object[], caller = world.preparer) =>
  caller.post(`/sessions/${sessionId}/returned`, { answers });
const rulesOf = ({ body }: { body: { refused: { rule: string }[] } }) => body.refused.map(({ rule }) => rule);
const returnedIn = async (world: World, sessionId: string, query = {}) =>
  (await world.preparer.get(`/sessions/${sessionId}/returned`, query)).body as {
    items: { resultId: string; state: string; part: number; returnedBy: string }[];
    total: number;
    next: string | null;
  };
const reportedRows = async () =>
  (await service.announced()).filter(({ type }) => type === ResultReportFiled.type).at(-1)?.data as {
    part: number;
    rows: { resultId: string; theory: number; certificateNumber: string | null; recordedAt: string }[];
  };
const doVoid = (world: World, resultId: string, body: object = {}) =>
  world.approver.post(`/results/${resultId}/void`, { reason: '复查答卷后改判', code: 'marking-error', ...body });
const recordAnew = (world: World, { sessionId }: Reported, admissionNumber: string, marks: object) =>
  world.preparer.post(`/sessions/${sessionId}/results`, { results: [{ admissionNumber, ...marks }] });

it('A36 voids a reported result before the department has confirmed it, and reports the new one in the next part', async () => {
  const world = await aWorld(service);
  const sitting = await aReportedSession(world);
  const { sessionId, results } = sitting;
  const [first, second] = results;

  expect((await doVoid(world, first.id)).status).toBe(201);

  expect((await service.announced()).at(-1)).toMatchObject({
    type: ResultVoided.type,
    data: { sessionId, resultId: first.id, reason: 'marking-error', voidedOn: '2026-03-11' },
  });
  expect(JSON.stringify(await service.announced())).not.toContain('复查答卷后改判');
  const again = await recordAnew(world, sitting, second.admissionNumber, { theory: 1, ability: 1 });
  expect(rulesOf(again)).toEqual(['already-released']);
  created(await recordAnew(world, sitting, first.admissionNumber, { theory: 61, ability: 62 }));
  expect(codes(await report(world, sessionId))).toEqual([422, 'results-not-released']);
  expect(codes(await world.preparer.post(`/sessions/${sessionId}/release`))).toEqual([403]);
  created(await world.approver.post(`/sessions/${sessionId}/release`));
  const filed = created<object>(await report(world, sessionId));

  expect(filed).toMatchObject({ part: 2, rows: 1, dueOn: null, onTime: null, leftOut: 0 });
  expect(await reportedRows()).toMatchObject({ part: 2, rows: [{ theory: 61 }] });
  const all = await resultsOf(world, sessionId);
  expect(all.filter(({ admissionNumber }) => admissionNumber === first.admissionNumber)).toHaveLength(2);
  expect((await world.preparer.get(`/results/${first.id}`)).body).toMatchObject({
    ...{ state: 'void', voidReason: '复查答卷后改判', voidCode: 'marking-error' },
  });
  expect(codes(await report(world, sessionId))).toEqual([422, 'already-reported']);
  expect((await world.preparer.get(`/sessions/${sessionId}`)).body.state).toBe('reported');
});

it('A36 voids nothing that the department has confirmed, and shows nothing of it to others', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const sitting = await aReportedSession(world);
  const [first] = sitting.results;
  await hearDecisions(world, sitting, [{ resultId: first.id, decision: 'confirmed' }]);
  const before = (await service.announced()).length;

  expect(codes(await doVoid(world, first.id))).toEqual([422, 'already-confirmed']);
  expect(codes(await doVoid(other, first.id))).toEqual([404]);
  expect(codes(await doVoid(world, first.id, { reason: '证件 370102199001010000 有误' }))).toEqual([400]);
  expect((await service.announced()).length).toBe(before);
});

it('carries corrected rows in the next part, with the number they had, and leaves out what is given up or open', async () => {
  const world = await aWorld(service);
  const sitting = await aReportedSession(world);
  const [first, second, third] = sitting.results;
  const { sessionId } = sitting;
  await hearDecisions(world, sitting, [{ resultId: first.id }, { resultId: second.id }, { resultId: third.id }]);
  expect(codes(await report(world, sessionId))).toEqual([422, 'already-reported']);

  const { body } = await answer(world, sessionId, [
    { reference: 'a', resultId: first.id, action: 'corrected', correction: 'photo', note: '已换照片' },
    { reference: 'b', resultId: second.id, action: 'given-up', note: '本人放弃' },
  ]);

  expect(body).toMatchObject({
    answered: [
      { index: 0, reference: 'a', resultId: first.id },
      { index: 1, reference: 'b' },
    ],
    refused: [],
  });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: ReturnsGivenUp.type,
    data: { sessionId, givenUpOn: '2026-03-11', rows: [{ resultId: second.id, part: 1 }] },
  });
  expect(JSON.stringify(await service.announced())).not.toContain('本人放弃');
  const { items, total } = await returnedIn(world, sessionId);
  expect([total, ...items.map(({ state }) => state)]).toEqual([3, 'corrected', 'given-up', 'open']);
  expect((await returnedIn(world, sessionId, { state: 'open' })).items).toMatchObject([{ resultId: third.id }]);
  const firstPage = await returnedIn(world, sessionId, { limit: 2 });
  expect((await returnedIn(world, sessionId, { limit: 2, cursor: firstPage.next ?? '' })).items).toHaveLength(1);

  const number = { certificateNumbers: [{ resultId: first.id, number: `B-${sessionId.slice(0, 8)}` }] };
  expect(created<object>(await report(world, sessionId, number))).toMatchObject({ part: 2, rows: 1 });
  expect((await reportedRows()).rows).toMatchObject([
    { resultId: first.id, certificateNumber: number.certificateNumbers[0]?.number },
  ]);
  expect((await reportedRows()).rows[0]?.recordedAt).toBe('2026-03-11T18:00:00.000+08:00');
  expect((await returnedIn(world, sessionId)).items.map(({ state }) => state)).toEqual([
    ...['reported-again', 'given-up', 'open'],
  ]);

  await hearDecisions(world, sitting, [{ resultId: first.id }], 2);
  created(await answer(world, sessionId, [{ resultId: first.id, action: 'corrected', correction: 'identity' }]));
  expect(created<object>(await report(world, sessionId))).toMatchObject({ part: 3, rows: 1 });
  expect((await reportedRows()).rows).toMatchObject([{ certificateNumber: number.certificateNumbers[0]?.number }]);
});

it('refuses each answer that cannot stand, with its own rule', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const sitting = await aReportedSession(world);
  const [first, second, third] = sitting.results;
  await hearDecisions(world, sitting, [{ resultId: first.id }, { resultId: third.id }]);
  created(await doVoid(world, third.id));

  const given = await answer(world, sitting.sessionId, [
    { resultId: first.id, action: 'corrected' },
    { resultId: second.id, action: 'corrected', correction: 'photo' },
    { resultId: randomUUID(), action: 'given-up', note: '查无此人' },
    { resultId: third.id, action: 'corrected', correction: 'photo' },
    { resultId: first.id, action: 'given-up' },
  ]);

  expect(rulesOf(given)).toEqual(['correction-missing', 'not-returned', 'not-returned', 'result-void', 'repeated']);
  const alone = await answer(world, sitting.sessionId, [{ resultId: first.id, action: 'given-up' }]);
  expect(rulesOf(alone)).toEqual(['reason-missing']);
  expect((await returnedIn(world, sitting.sessionId)).items.map(({ state }) => state)).toEqual(['open', 'void']);
  expect(
    (await answer(world, sitting.sessionId, [{ resultId: first.id, action: 'corrected' }], other.preparer)).status,
  ).toBe(404);
});

it('takes back what the national office returned, after the department had confirmed it', async () => {
  const world = await aWorld(service);
  const sitting = await aReportedSession(world);
  const [first, second] = sitting.results;
  const { sessionId, batchId } = sitting;
  await hearDecisions(
    world,
    sitting,
    sitting.results.map(({ id }) => ({ resultId: id, decision: 'confirmed' })),
  );
  await service.hear(RowsNationallyReturned, {
    ...{ replyId: randomUUID(), batchId, sessionId, organisationId: world.evaluationOrganisationId },
    ...{
      returnedOn: '2026-04-20',
      rows: [first, second].map(({ id }) => ({ rowId: randomUUID(), resultId: id, personId: id })),
    },
  });

  expect((await returnedIn(world, sessionId)).items).toMatchObject([
    { resultId: first.id, returnedBy: 'national-office', state: 'open', decidedOn: '2026-04-20' },
    { resultId: second.id },
  ]);
  expect((await returnedIn(world, sessionId, { returnedBy: 'department' })).total).toBe(0);
  created(await answer(world, sessionId, [{ resultId: first.id, action: 'corrected', correction: 'condition' }]));
  expect((await doVoid(world, second.id)).status).toBe(201);
  expect(created<object>(await report(world, sessionId))).toMatchObject({ part: 2, rows: 1 });
});
