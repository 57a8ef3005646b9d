import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { NationalReplyRecorded, PackageSent } from '@shuzheng/contracts';
import { packageTemplate, readWorkbook, replyTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { createHash, randomUUID } from 'node:crypto';
import { codesOf, Desk } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const rulesOf = ({ body }: { body: { rows?: { rule: string; row?: number; reference?: string }[] } }) =>
  (body.rows ?? []).map(({ rule }) => rule);

it('sends what is confirmed as one file, whose digest is announced and whose rows can be told apart', async () => {
  const { batchId } = await desk.receive({ rows: [desk.row({ name: '买买提·艾力' }), ...desk.rows(2)] });
  const [, , third] = await desk.rowsOf(batchId);
  await desk.propose(batchId, { all: 'confirm', except: [{ rowId: third?.id, reasons: ['result-doubtful'] }] });
  await desk.decide(batchId);

  const { status, body } = await desk.send(batchId);
  const bytes = await desk.officer().download(`/packages/${body.packageId}/file`);

  expect([status, body.rows]).toEqual([201, 2]);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(body.sha256);
  expect(await desk.announced(PackageSent.type, batchId)).toMatchObject([
    { rows: 2, sha256: body.sha256, sentOn: '2026-03-02' },
  ]);
  const { rows } = await readWorkbook(bytes, packageTemplate);
  const registryRows = (await desk.rowsOf(batchId, 'sent')).map((row) => row.registry_row);
  expect(rows.map(({ cells }) => cells['registryRow'])).toEqual(registryRows);
  expect(rows[0]?.cells).toMatchObject({
    ...{ name: '买买提·艾力', documentKind: '居民身份证', documentNumber: '11010519491231002X', level: '初级' },
    ...{ occupationName: '智能制造工程技术人员', assessor: '海右评价中心', examDate: '2026-02-10', theory: '80.5' },
  });
  const { manifest } = (await desk.officer().get(`/packages/${body.packageId}`)).body;
  expect(manifest).toMatchObject({ sha256: body.sha256, rows: registryRows.map((registryRow) => ({ registryRow })) });
  const audit = await service.query('select detail from audit where subject = $1', [`package:${body.packageId}`]);
  expect(audit).toEqual([{ detail: '{"opened":2}' }]);
});

it('sends a row once, however many send at the same moment', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(4) });
  await desk.propose(batchId);
  await desk.decide(batchId);

  const answers = await Promise.all(Array.from({ length: 6 }, () => desk.send(batchId)));

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422]);
  expect(codesOf(answers.find(({ status }) => status === 422) ?? { body: {} })).toEqual(['nothing-confirmed']);
  expect(await desk.announced(PackageSent.type, batchId)).toHaveLength(1);
});

it('lets only the department’s sender have the file', async () => {
  const { packageId } = await desk.sent();
  const reader = (reach: 'organisation' | 'province', permissions: string[]) =>
    service.as({ permissions, reach, organisationId: desk.ei }).get(`/packages/${packageId}/file`);

  expect((await reader('organisation', ['packages:send'])).status).toBe(404);
  expect((await reader('province', ['batches:read'])).status).toBe(403);
  expect((await desk.officer().get(`/packages/${randomUUID()}/file`)).status).toBe(404);
});

it('records a reply line by line and starts the thirty days with the approval date', async () => {
  const { batchId, packageId } = await desk.sent({ rows: desk.rows(3) });
  service.clock.set('2026-03-10T09:00:00+08:00');
  const bytes = await desk.replyFile(batchId, (line, i) =>
    i === 1 ? { ...line, decision: '退回', opinion: '照片与本人不符' } : { ...line, approvedOn: '2026-03-06' },
  );

  const { status, body } = await desk.reply(packageId, bytes, { approvedOn: '2026-03-06', receivedOn: '2026-03-09' });

  expect([status, body]).toEqual([201, { replyId: expect.any(String), approved: 2, returned: 1 }]);
  expect(await desk.announced(NationalReplyRecorded.type, batchId)).toMatchObject([
    { approvedOn: '2026-03-06', receivedOn: '2026-03-09', approved: 2, returned: 1 },
  ]);
  const rows = (await desk.issuer().get(`/batches/${batchId}/rows`)).body.items as Record<string, unknown>[];
  expect(rows.map(({ state, approvedOn, opinion }) => [state, approvedOn, opinion])).toEqual([
    ['approved', '2026-03-06', null],
    ['nationally-returned', null, '照片与本人不符'],
    ['approved', '2026-03-06', null],
  ]);
  const packages = await desk.recorder().get('/packages', { batchId });
  expect(packages.body.items).toMatchObject([
    { id: packageId, nth: 1, approved: 2, returned: 1, approvedOn: '2026-03-06' },
  ]);
  service.clock.set('2026-03-02T09:00:00+08:00');
});

it('refuses a reply that leaves rows out, names unknown ones, repeats or contradicts itself, and records nothing of it', async () => {
  const { batchId, packageId } = await desk.sent({ rows: desk.rows(6) });
  const wrong = await desk.replyFile(batchId, (line, i) => {
    if (i === 0) return [];
    if (i === 1) return [line, line];
    if (i === 2) return [line, { ...line, decision: '退回' }];
    if (i === 3) return { ...line, registryRow: '999999-0001' };
    if (i === 4) return { ...line, decision: '待定' };
    return { ...line, approvedOn: '2026-03-01' };
  });

  const answer = await desk.reply(packageId, wrong);

  expect([answer.status, codesOf(answer)]).toEqual([422, ['reply-rows-wrong']]);
  expect(rulesOf(answer)).toEqual([
    'reply-row-repeated',
    'reply-row-contradictory',
    'reply-row-unknown',
    'reply-decision-unknown',
    'approved-before-sent',
    'reply-row-missing',
    'reply-row-missing',
  ]);
  expect((await desk.rowsOf(batchId, 'sent')).length).toBe(6);
  expect(await desk.announced(NationalReplyRecorded.type, batchId)).toEqual([]);
});

it('does not date a row that was returned', async () => {
  const { batchId, packageId } = await desk.sent();
  const wrong = await desk.replyFile(batchId, (line) => ({ ...line, decision: '退回', approvedOn: '2026-03-02' }));

  expect(rulesOf(await desk.reply(packageId, wrong))).toEqual(['reply-row-contradictory']);
});

it('takes no approval from before the package was sent, and none from the future', async () => {
  const { batchId, packageId } = await desk.sent();
  const bytes = await desk.replyFile(batchId);
  const tried = [
    { approvedOn: '2026-03-01' },
    { approvedOn: '2026-03-03' },
    { approvedOn: '2026-03-02', receivedOn: '2026-03-03' },
    { approvedOn: '2026-03-01', receivedOn: '2026-02-28' },
  ];

  const answers = [];
  for (const query of tried) answers.push(codesOf(await desk.reply(packageId, bytes, query)));

  expect(answers).toEqual([
    ['approved-before-sent'],
    ['approved-in-future'],
    ['received-in-future'],
    ['approved-before-sent', 'approved-in-future'],
  ]);
  const noDay = await desk.reply(packageId, bytes, { approvedOn: '2026-02-30' });
  expect([noDay.status, noDay.body.faults[0].field]).toEqual([400, 'approvedOn']);
});

it('records the reply to a package once, however many record it at the same moment', async () => {
  const { batchId, packageId } = await desk.sent({ rows: desk.rows(2) });
  const bytes = await desk.replyFile(batchId);

  const answers = await Promise.all(Array.from({ length: 5 }, () => desk.reply(packageId, bytes)));

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422]);
  expect(codesOf(answers.find(({ status }) => status === 422) ?? { body: {} })).toContain('reply-recorded');
  expect(await desk.announced(NationalReplyRecorded.type, batchId)).toHaveLength(1);
});

it('hands out a reply with the row numbers filled in, and refuses what is no workbook', async () => {
  const { batchId, packageId } = await desk.sent({ rows: desk.rows(2) });
  const draft = await desk.recorder().download(`/packages/${packageId}/reply.xlsx`);
  const { rows } = await readWorkbook(draft, replyTemplate);

  const answers = [
    await desk.reply(packageId, Buffer.from('登记行号,审核结果')),
    await desk.reply(packageId, await writeWorkbook(packageTemplate, [])),
    await desk.reply(packageId, await writeWorkbook(replyTemplate, [])),
    await desk.reply(packageId, draft),
  ];
  const json = await desk.recorder().post(`/packages/${packageId}/replies?approvedOn=2026-03-02`, { rows: [] });

  expect(rows.map(({ cells }) => cells['registryRow'])).toEqual(
    (await desk.rowsOf(batchId)).map((row) => row.registry_row),
  );
  expect(answers.map((answer) => codesOf(answer))).toEqual([
    ['workbook-plain-text'],
    ['workbook-header-differs'],
    ['workbook-no-rows'],
    ['reply-rows-wrong'],
  ]);
  expect(rulesOf(answers[3] ?? { body: {} })).toEqual(['cell-required', 'cell-required']);
  expect(json.status).toBe(415);
});

it('keeps the office’s words sealed', async () => {
  const { batchId, packageId } = await desk.sent();
  await desk.reply(
    packageId,
    await desk.replyFile(batchId, (line) => ({ ...line, decision: '退回', opinion: '王小明照片不符' })),
  );

  const [stored] = await service.query<{ opinion: string }>(
    'select opinion_sealed as opinion from reply_row join batch_row on id = row_id where batch_id = $1',
    [batchId],
  );

  expect(stored?.opinion).toMatch(/^s1\./);
});
