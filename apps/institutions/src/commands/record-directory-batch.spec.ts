import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DirectoryEntryRecorded } from '@shuzheng/contracts';
import { sha256 } from '@shuzheng/platform';
import { readWorkbook, writeWorkbook } from '@shuzheng/workbooks';
import { directoryTemplate } from '../data/directory-template.js';
import { anEntry, cellsOf, codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const { officer } = service;
let nth = 0;
let name: string;
let training: string;
beforeEach(async () => {
  name = `明湖培训学院${++nth}`;
  training = await service.anOrganisation('training-institution', name);
});

const aRow = (more: Record<string, string> = {}) => ({
  organisationName: name,
  role: '培训机构',
  occupationCode: '2-02-38-05',
  from: '2026-01-01',
  to: '2026-12-31',
  ...more,
});
const note = { batch: '第三批', source: '人力资源社会保障部公布', publishedOn: '2026-01-15' };
const send = (bytes: Buffer, query: Record<string, string> = note) =>
  officer.upload('/directory-batches', bytes, { query });
const upload = async (...rows: Record<string, string>[]) => send(await writeWorkbook(directoryTemplate, rows));
const entriesOf = async (organisationId: string) =>
  (await service.stranger.get('/directory-entries', { organisationId })).body.items as Record<string, unknown>[];

it('hands out a template that it takes back', async () => {
  const bytes = await service.stranger.download('/directory-template.xlsx');

  await expect(readWorkbook(bytes, directoryTemplate)).rejects.toMatchObject({ code: 'workbook-no-rows' });
});

it('takes in a list, finds organisations by code or by name, announces every entry, and lists the batch', async () => {
  const creditCode = '91370100MA3DEMP02X';
  const registered = await officer.post('/organisations', {
    name: '海右评价中心',
    creditCode,
    cityCode: '370100',
    role: 'evaluation-institution',
  });
  const evaluation = (registered.body as { organisationId: string }).organisationId;
  const bytes = await writeWorkbook(directoryTemplate, [
    aRow({ levels: '中级、初级', direction: '智能装备与产线应用' }),
    aRow({
      creditCode: creditCode.toLowerCase(),
      organisationName: '海右 评价中心',
      role: '评价机构',
      from: '2026年1月1日',
      to: '',
    }),
    aRow({ occupationCode: '2-02-07-13', occupationName: '智能制造工程技术人员', levels: '高级', from: '2026/1/1' }),
  ]);

  const { status, body } = await send(bytes);

  expect([status, body]).toEqual([201, { batchId: expect.any(String), entries: 3, sha256: sha256(bytes) }]);
  const ofTraining = await entriesOf(training);
  expect(ofTraining).toHaveLength(2);
  expect(ofTraining).toContainEqual(
    expect.objectContaining({
      levels: ['junior', 'intermediate'],
      direction: '智能装备与产线应用',
      batchId: body.batchId,
    }),
  );
  expect(ofTraining).toContainEqual(
    expect.objectContaining({ levels: ['senior'], direction: null, occupationCode: '2-02-38-05', source: note.source }),
  );
  expect((await entriesOf(evaluation))[0]).toMatchObject({
    role: 'evaluation',
    levels: null,
    from: '2026-01-01',
    to: null,
  });
  const announced = (await service.announced()).slice(-3);
  expect(announced.map(({ type }) => type)).toEqual(Array(3).fill(DirectoryEntryRecorded.type));
  expect(announced.map(({ data }) => data['levels'])).toEqual([['junior', 'intermediate'], null, ['senior']]);
  const { body: batches } = await service.stranger.get('/directory-batches', { batch: '三' });
  expect(batches.items).toContainEqual(
    expect.objectContaining({
      id: body.batchId,
      ...note,
      entries: 3,
      organisations: 2,
      suspended: 0,
      sha256: sha256(bytes),
    }),
  );
  const { body: cover } = await service.stranger.get('/cover', {
    organisationId: evaluation,
    role: 'evaluation',
    occupationCode: '2-02-38-05',
    level: 'senior',
    on: '2026-03-02',
  });
  expect(cover.entry).toMatchObject({ batch: '第三批', batchId: body.batchId, source: note.source });
  expect((await service.stranger.get(`/directory-batches/${body.batchId}`)).body.entries).toBe(3);
});

it('answers the same file with the first receipt, whoever sends it and however many at once', async () => {
  const bytes = await writeWorkbook(directoryTemplate, [aRow()]);
  const tries = await Promise.all([send(bytes), send(bytes), send(bytes)]);

  expect(tries.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(tries.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(await entriesOf(training)).toHaveLength(1);
  expect(codesOf((await send(bytes, { ...note, batch: '第四批' })).body)).toEqual(['directory-batch-differs']);
});

it('names every fault of every row by its cell, and takes nothing', async () => {
  const other = `另一学院${nth}`;
  const ended = await service.anOrganisation('training-institution', `已注销学院${nth}`);
  const code = '91370100MA3DEMP01T';
  await officer.put(
    `/organisations/${ended}`,
    { name: `已注销学院${nth}`, creditCode: code, cityCode: '370100', basis: '更正' },
    { ifMatch: 1 },
  );
  await officer.post(`/organisations/${ended}/end`, { from: '2026-03-02', basis: '注销' }, { ifMatch: 2 });
  await service.anEntry(anEntry(training, { levels: null, from: '2026-01-01', to: null }));
  const before = await service.announced();

  const { status, body } = await upload(
    aRow({ levels: '初级' }),
    aRow({ organisationName: other }),
    aRow({ creditCode: '123' }),
    aRow({ creditCode: 'IIIIIIIIIIIIIIIIII' }),
    aRow({ creditCode: '91370100MA3DEMP01A' }),
    aRow({ creditCode: code, organisationName: other }),
    aRow({ role: '考点' }),
    aRow({ creditCode: code, organisationName: `已注销学院${nth}`, role: '评价机构' }),
    aRow({ occupationCode: '9-99-99-99' }),
    aRow({ occupationName: '人工智能工程技术人员', levels: '高级' }),
    aRow({ levels: '特级' }),
    aRow({ levels: '中级', from: '2026-02-30', to: '明年' }),
    aRow({ levels: '中级', from: '2026-05-01', to: '2026-04-30' }),
    aRow({ levels: '初级', from: '2026-12-31', to: '' }),
    aRow(),
    aRow({ organisationName: '', levels: '高级、初级' }),
  );

  expect(status).toBe(422);
  expect(cellsOf(body)).toEqual([
    'B3 organisation-unknown',
    'A4 credit-code-length',
    'A5 credit-code-characters',
    'A6 credit-code-check',
    'B7 organisation-name-differs',
    'B7 organisation-is-ended',
    'C8 directory-role-unknown',
    'B9 organisation-is-ended',
    'C9 directory-role-mismatch',
    'D10 occupation-unknown',
    'E11 occupation-name-differs',
    'G12 level-unknown',
    'H13 day-malformed',
    'I13 day-malformed',
    'I14 dates-order',
    'H15 directory-row-repeated',
    'H16 directory-entry-overlaps',
    'B17 cell-required',
  ]);
  expect(codesOf(body)[0]).toBe('directory-rows-wrong');
  expect((body as { rows: { advice: string; row: number }[] }).rows.find(({ row }) => row === 15)?.advice).toContain(
    '第 2 行',
  );
  expect(await service.announced()).toEqual(before);
  expect(await entriesOf(training)).toHaveLength(1);
});

it('refuses a file that is none, a list without a batch, and whoever is not the department', async () => {
  expect(codesOf((await send(Buffer.from('not a workbook'))).body)).toEqual(['workbook-plain-text']);
  const bytes = await writeWorkbook(directoryTemplate, [aRow()]);
  expect((await send(bytes, { ...note, publishedOn: '2026-13-01' })).status).toBe(400);
  expect((await send(bytes, { source: note.source, publishedOn: note.publishedOn })).status).toBe(400);
  const institution = service.as({ permissions: ['directory:manage'], organisationId: training });
  expect((await institution.upload('/directory-batches', bytes, { query: note })).status).toBe(403);
  expect((await service.stranger.get('/directory-batches/00000000-0000-4000-8000-0000000000ff')).status).toBe(404);
});
