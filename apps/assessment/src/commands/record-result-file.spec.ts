import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { readWorkbook, resultTemplate, type Template, writeWorkbook } from '@shuzheng/workbooks';
import { createHash } from 'node:crypto';
import { assessment } from '../index.js';
import { aQualifiedSession, aSatSession, type Sitting } from '../testing/a-session.js';
import { aWorld } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

type Row = Record<string, string | number>;
const sheet = (rows: Row[], template: Template = resultTemplate) => writeWorkbook(template, rows);
const rowsFor = ({ admissions }: Sitting, more: (Row | undefined)[] = []): Row[] =>
  [...admissions].map(([name, admissionNumber], i) => ({
    admissionNumber,
    name,
    theory: 80,
    ability: 75.5,
    ...more[i],
  }));
const faults = (body: { rows: { cell: string; rule: string }[] }) => body.rows.map(({ cell, rule }) => [cell, rule]);

it('hands out the candidates as a workbook, and takes it back filled in', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const path = `/sessions/${sitting.sessionId}`;

  const { rows } = await readWorkbook(await world.preparer.download(`${path}/admissions.xlsx`), resultTemplate);
  expect(rows.map(({ cells }) => [cells['name'], cells['admissionNumber']])).toEqual([...sitting.admissions]);
  const filled = rows.map(({ cells: { admissionNumber = '', name = '' } }, i) => ({
    ...{ admissionNumber, name },
    ...[{ theory: 80, ability: 77.5 }, { absent: '是' }, { theory: 61, ability: 60, misconduct: '是' }][i],
  }));
  const bytes = await sheet(filled);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { status, body } = await world.preparer.upload(`${path}/result-files`, bytes, { key: 'one-and-the-same' });

  expect([status, body]).toEqual([201, { recorded: 3, passed: 1, failed: 0, absent: 1, violation: 1, sha256 }]);
  expect((await world.preparer.upload(`${path}/result-files`, bytes, { key: 'one-and-the-same' })).body).toEqual(body);
  const { body: listed } = await world.preparer.get(`${path}/results`);
  expect(listed.items).toMatchObject([
    { outcome: 'passed', theory: 80, ability: 77.5, version: 1 },
    { outcome: 'absent', theory: null },
    { outcome: 'violation' },
  ]);
  const [audit] = await service.query(`select detail from audit where operation = 'assessment.write-admissions'`);
  expect(audit).toEqual({ detail: '{"candidates":3}' });
});

it('A32 names every cell that is wrong, repeats no value, and takes nothing', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const [one, two, three] = rowsFor(sitting, [
    { theory: 100.5, ability: '优' },
    { name: '冒名者' },
    { theory: '', ability: 70 },
  ]) as [Row, Row, Row];
  const rows = [one, two, three, { ...two, name: [...sitting.admissions.keys()][1] ?? '' }];
  rows.push({ admissionNumber: 'KH1999-0001-001', name: '张三', theory: 1, ability: 1 });
  rows.push({ ...one, name: '' }, { ...three, admissionNumber: 'KH1999-0001-002', ability: 1, theory: 1, absent: '?' });

  const { status, body } = await world.preparer.upload(
    `/sessions/${sitting.sessionId}/result-files`,
    await sheet(rows),
  );

  expect([status, body.code]).toEqual([422, 'result-rows-wrong']);
  expect(faults(body)).toEqual([
    ['C2', 'score-range'],
    ['D2', 'score-not-number'],
    ['B3', 'candidate-name-differs'],
    ['C4', 'score-missing'],
    ['A5', 'repeated'],
    ['A6', 'candidate-unknown'],
    ['B7', 'cell-required'],
    ['E8', 'flag-unknown'],
    ['A8', 'candidate-unknown'],
  ]);
  expect(JSON.stringify(body)).not.toMatch(/冒名者|张三|优|100\.5/);
  expect(await service.query('select 1 from result where session_id = $1', [sitting.sessionId])).toEqual([]);
});

it('does not take a stay-away with two marks', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);

  const rows = await sheet(rowsFor(sitting, [{ absent: '是' }]));
  const { body } = await world.preparer.upload(`/sessions/${sitting.sessionId}/result-files`, rows);

  expect(faults(body)).toEqual([['C2', 'absent-with-scores']]);
});

it('takes no workbook before the exam', async () => {
  const world = await aWorld(service);
  const sitting = await aQualifiedSession(world);

  const { body } = await world.preparer.upload(
    `/sessions/${sitting.sessionId}/result-files`,
    await sheet(rowsFor(sitting)),
  );

  expect(body.code).toBe('exam-in-future');
});

it('tells one clear thing about a file that is no workbook of ours', async () => {
  const world = await aWorld(service);
  const { sessionId } = await aSatSession(world);
  const upload = (bytes: Buffer) => world.preparer.upload(`/sessions/${sessionId}/result-files`, bytes);
  const otherHeader = { ...resultTemplate, columns: resultTemplate.columns.slice(1) };
  const files: [string, Buffer][] = [
    ['workbook-plain-text', Buffer.from('准考证号,姓名\n1,张三\n')],
    ['workbook-old-format', Buffer.from('d0cf11e0a1b11ae1'.padEnd(2048, '0'), 'hex')],
    ['workbook-web-page', Buffer.from('<html><table></table></html>')],
    ['workbook-header-differs', await sheet([{ name: '张三' }], otherHeader)],
    ['workbook-no-rows', await sheet([])],
    ['workbook-damaged', (await sheet([])).subarray(0, 400)],
  ];

  const answers: [string, number][] = [];
  for (const [, bytes] of files) {
    const { status, body } = await upload(bytes);
    answers.push([body.code as string, status]);
    expect(body.reasons[0].advice).not.toBe('');
  }

  expect(answers).toEqual(files.map(([code]) => [code, 422]));
  expect((await world.preparer.post(`/sessions/${sessionId}/result-files`, { rows: [] })).status).toBe(415);
});

it('hands the names of its candidates to no other institution', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const { sessionId } = await aQualifiedSession(world);

  const { status } = await other.preparer.get(`/sessions/${sessionId}/admissions.xlsx`);

  expect(status).toBe(404);
});
