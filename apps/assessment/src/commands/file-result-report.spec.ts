import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ResultReportFiled, RowsDecided } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { resultTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { assessment } from '../index.js';
import { aLargeSession } from '../testing/a-large-session.js';
import { aReleasedSession, aSatSession, created, marksFor } from '../testing/a-session.js';
import { aWorld, type World } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const codes = ({ status, body }: { status: number; body: { reasons?: { code: string }[] } }) => [
  status,
  ...(body.reasons ?? []).map(({ code }) => code),
];
const report = (world: World, sessionId: string, body: object = {}) =>
  world.approver.post(`/sessions/${sessionId}/result-report`, body);
const resultsOf = async (world: World, sessionId: string) =>
  (await world.preparer.get(`/sessions/${sessionId}/results`)).body.items as { id: string; state: string }[];

interface Score {
  readonly name: string;
  readonly absent: boolean;
  readonly theory: number | null;
  readonly ability: number | null;
}
const scores = JSON.parse(
  readFileSync(new URL('../../../../samples/scores.json', import.meta.url), 'utf8'),
) as readonly Score[];

it('takes 28 candidates from their applications to a report of the 25 who passed', async () => {
  const world = await aWorld(service, { people: scores.map(({ name }) => name) });
  const { sessionId, admissions } = await aSatSession(world);
  const rows = scores.map(({ name, absent, theory, ability }) => ({
    ...{ admissionNumber: admissions.get(name) ?? '', name, absent: absent ? '是' : '否' },
    ...(theory === null ? {} : { theory }),
    ...(ability === null ? {} : { ability }),
  }));
  const bytes = await writeWorkbook(resultTemplate, rows);
  const recorded = created(await world.preparer.upload(`/sessions/${sessionId}/result-files`, bytes));
  expect(recorded).toMatchObject({ recorded: 28, passed: 25, failed: 2, absent: 1, violation: 0 });
  expect(created(await world.approver.post(`/sessions/${sessionId}/release`))).toEqual({
    ...{ released: 28, passed: 25, missing: 0, withdrawn: 0 },
  });

  const filed = created(await report(world, sessionId, { remarks: '考核平稳有序' }));

  expect(filed).toMatchObject({ part: 1, rows: 25, dueOn: '2026-04-10', effectiveDueOn: '2026-04-10', onTime: true });
  const { type, data } = (await service.announced()).at(-1) ?? {};
  expect(type).toBe(ResultReportFiled.type);
  expect(data).toMatchObject({
    ...{ sessionId, part: 1, sat: 27, passed: 25, more: false, organisationName: '海右评价中心' },
    ...{ lastPaperOn: '2026-03-11', filedOn: '2026-03-11' },
  });
  const reported = data?.['rows'] as { name: string; documentNumber: string; theory: number }[];
  expect(reported).toHaveLength(25);
  const [rare] = reported.filter(({ name }) => name === '刘𬸦');
  expect(rare).toMatchObject({
    documentNumber: world.learners.find(({ name }) => name === '刘𬸦')?.documentNumber,
    theory: 88,
  });
  const [raw] = await service.query('select data::text from event order by position desc limit 1');
  expect(raw?.['data']).not.toContain('刘𬸦');
  const { body } = await world.approver.get(`/result-reports/${filed['reportId']}`);
  expect(body).toMatchObject({ candidates: 28, passed: 25, failed: 2, absent: 1, rows: 25, confirmed: 0 });
});

it('tells of more than 500 rows in several events of one part', async () => {
  const { world, sessionId, numbers } = await aLargeSession(service, 1001);
  const results = numbers.map((admissionNumber) => ({ admissionNumber, theory: 60, ability: 60 }));
  created(await world.preparer.post(`/sessions/${sessionId}/results`, { results }));
  created(await world.approver.post(`/sessions/${sessionId}/release`));

  expect(created<{ rows: number }>(await report(world, sessionId)).rows).toBe(1001);

  const events = (await service.announced()).slice(-3).map(({ data }) => data);
  expect(events.map(({ part, more, rows }) => [part, more, (rows as object[]).length])).toEqual([
    [1, true, 500],
    [1, true, 500],
    [1, false, 1],
  ]);
});

it('is on time through the due day, and late from midnight on', async () => {
  const [punctual, late] = [await aWorld(service), await aWorld(service)];
  const first = await aReleasedSession(punctual);
  service.clock.set('2026-03-02T09:00:00+08:00');
  const second = await aReleasedSession(late);

  service.clock.set('2026-04-10T23:59:59+08:00');
  expect((await report(punctual, first.sessionId)).body).toMatchObject({ onTime: true, effectiveDueOn: '2026-04-10' });
  service.clock.set('2026-04-11T00:00:00+08:00');
  expect((await report(late, second.sessionId)).body).toMatchObject({ onTime: false, effectiveDueOn: '2026-04-10' });
});

it('files a session once, however often it is sent at the same moment', async () => {
  const world = await aWorld(service);
  const { sessionId } = await aReleasedSession(world);

  const answers = await Promise.all([report(world, sessionId), report(world, sessionId)]);

  expect(answers.map(codes).sort()).toEqual([[201], [422, 'already-reported']]);
  const again = await world.preparer.post(`/sessions/${sessionId}/results`, {
    results: [{ admissionNumber: 'KH2026-0001-001', theory: 1, ability: 1 }],
  });
  expect(codes(again)).toEqual([422, 'already-reported']);
});

it('files nothing while a result is missing or not released', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const [first] = marksFor(sitting);
  created(await world.preparer.post(`/sessions/${sitting.sessionId}/results`, { results: [first] }));

  expect(codes(await report(world, sitting.sessionId))).toEqual([422, 'results-not-released', 'results-missing']);
  created(await world.approver.post(`/sessions/${sitting.sessionId}/release`));
  expect(codes(await report(world, sitting.sessionId))).toEqual([422, 'results-missing']);
});

it('reports an exam that nobody passed', async () => {
  const world = await aWorld(service);
  const failed = { theory: 10, ability: 10 };
  const others = Object.fromEntries(world.learners.map(({ name }) => [name, failed]));
  const { sessionId } = await aReleasedSession(world, others);

  expect(created<{ rows: number }>(await report(world, sessionId)).rows).toBe(0);

  expect((await service.announced()).at(-1)?.data).toMatchObject({ rows: [], more: false, sat: 3, passed: 0 });
});

it('carries the issuer’s certificate numbers, each for one result of the report', async () => {
  const world = await aWorld(service);
  const { sessionId } = await aReleasedSession(world);
  const [first, second] = await resultsOf(world, sessionId);
  const twice = [first, second].map((result) => ({ resultId: result?.id, number: 'A-001' }));
  const foreign = [{ resultId: randomUUID(), number: 'A-002' }];

  expect(codes(await report(world, sessionId, { certificateNumbers: twice }))).toEqual([
    422,
    'certificate-number-repeated',
  ]);
  expect(codes(await report(world, sessionId, { certificateNumbers: foreign }))).toEqual([422, 'result-unknown']);
  created(await report(world, sessionId, { certificateNumbers: twice.slice(0, 1) }));

  const rows = (await service.announced()).at(-1)?.data['rows'] as { certificateNumber: string | null }[];
  expect(rows.map(({ certificateNumber }) => certificateNumber).sort()).toEqual(['A-001', null, null]);
  const other = await aWorldOfTheSame(world);
  const [again] = await resultsOf(world, other);
  const used = [{ resultId: again?.id, number: 'A-001' }];
  expect(codes(await report(world, other, { certificateNumbers: used }))).toEqual([422, 'certificate-number-repeated']);
});

async function aWorldOfTheSame(world: World) {
  service.clock.set('2026-03-02T09:00:00+08:00');
  return (await aReleasedSession(world)).sessionId;
}

it('shows the institution what came back and why, and lets it void that', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const { sessionId } = await aReleasedSession(world);
  const { reportId } = created(await report(world, sessionId));
  const [first, second, third] = await resultsOf(world, sessionId);
  const decided = (resultId = '', decision = 'confirmed', reasons: string[] = []) => ({
    ...{ rowId: randomUUID(), resultId, personId: randomUUID(), decision, reasons },
  });
  const rows = [
    decided(first?.id, 'returned', ['photo-missing', 'name-differs']),
    decided(second?.id),
    decided(third?.id),
  ];
  const organisationId = world.evaluationOrganisationId;
  await service.hear(RowsDecided, {
    ...{ batchId: randomUUID(), part: 1, sessionId, organisationId, decidedOn: '2026-03-20', undecided: 0, rows },
  });

  const { body } = await world.preparer.get(`/sessions/${sessionId}/returned`);

  expect(body).toMatchObject({ total: 1, next: null });
  expect(body.items).toEqual([
    {
      ...{ returnedBy: 'department', state: 'open', correction: null, note: null, answeredAt: null },
      ...{ resultId: first?.id, part: 1, admissionNumber: expect.stringMatching(/-001$/), maskedName: '王**' },
      ...{ reasons: ['photo-missing', 'name-differs'], decidedOn: '2026-03-20' },
    },
  ]);
  expect((await resultsOf(world, sessionId)).map(({ state }) => state)).toEqual(['returned', 'confirmed', 'confirmed']);
  expect((await world.approver.get(`/result-reports/${reportId}`)).body).toMatchObject({ confirmed: 2, returned: 1 });
  expect((await other.preparer.get(`/sessions/${sessionId}/returned`)).status).toBe(404);
  expect((await other.approver.get(`/result-reports/${reportId}`)).status).toBe(404);
  const voids = [first, second].map((one) =>
    world.approver.post(`/results/${one?.id}/void`, { reason: '身份信息有误' }),
  );
  expect((await Promise.all(voids)).map(codes)).toEqual([[201], [422, 'already-confirmed']]);
});
