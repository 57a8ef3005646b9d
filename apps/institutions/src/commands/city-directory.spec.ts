import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const bureau = (cityCode: string) => service.as({ permissions: ['city-directory:manage'], reach: 'city', cityCode });
const jinan = bureau('370100');
let organisation: string;
let nth = 0;
beforeEach(async () => {
  organisation = await service.anOrganisation();
  nth++;
});
const anEntry = (more: object = {}) => ({
  kind: 'project',
  name: `智能制造培训项目${nth}`,
  occupationCode: '2-02-38-05',
  level: 'junior',
  from: '2026-01-01',
  to: null,
  document: '济人社发〔2026〕1号',
  ...more,
});
const listed = async (filter: Record<string, string>) =>
  (await service.stranger.get('/city-entries', filter)).body as { total: number; items: Record<string, unknown>[] };

it('lists a project and an institution of the own city, for everybody to see', async () => {
  const { status, body } = await jinan.post('/city-entries', anEntry());
  const { name: _, ...unnamed } = anEntry({ kind: 'institution', organisationId: organisation, level: null });
  const second = await jinan.post('/city-entries', unnamed);

  expect([status, body, second.status]).toEqual([201, { entryId: expect.any(String) }, 201]);
  expect(await listed({ q: `项目${nth}`, on: '2026-05-01', level: 'junior', kind: 'project' })).toMatchObject({
    total: 1,
    items: [{ id: body.entryId, cityCode: '370100', occupationName: '智能制造工程技术人员', to: null, version: 1 }],
  });
  expect((await listed({ organisationId: organisation, level: 'senior' })).items).toMatchObject([
    { kind: 'institution', organisationId: organisation, name: expect.stringContaining('泉城'), level: null },
  ]);
  const audit = await service.query('select operation from audit where subject = $1', [`city-entry:${body.entryId}`]);
  expect(audit).toEqual([{ operation: 'institutions.record-city-entry' }]);
});

it('refuses what cannot be listed, with every reason', async () => {
  const evaluation = await service.anOrganisation('evaluation-institution');
  const codes = async (more: object) => codesOf((await jinan.post('/city-entries', anEntry(more))).body);

  expect(await codes({ name: undefined })).toEqual(['city-entry-name-missing']);
  expect(await codes({ organisationId: evaluation, occupationCode: '9-99-99-99', to: '2025-12-31' })).toEqual([
    'city-entry-role',
    'occupation-unknown',
    'dates-order',
  ]);
  await service.officer.post(
    `/organisations/${organisation}/end`,
    { from: '2026-03-02', basis: '注销' },
    { ifMatch: 1 },
  );
  expect(await codes({ organisationId: organisation })).toEqual(['organisation-is-ended']);
  expect((await jinan.post('/city-entries', anEntry({ organisationId: randomUUID() }))).status).toBe(404);
  expect((await listed({ q: `项目${nth}` })).total).toBe(0);
});

it('lists the same once on a day, however many ask at once, and in each city by itself', async () => {
  const tries = await Promise.all([1, 2, 3].map(() => jinan.post('/city-entries', anEntry())));

  expect(tries.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
  expect(tries.flatMap(({ status, body }) => (status === 422 ? codesOf(body) : []))).toEqual(
    Array(2).fill('city-entry-overlaps'),
  );
  expect((await bureau('370200').post('/city-entries', anEntry())).status).toBe(201);
  expect((await listed({ q: `项目${nth}`, cityCode: '370200' })).total).toBe(1);
});

it('lets an entry end with its basis, and room for another from the next day on', async () => {
  const { entryId } = (await jinan.post('/city-entries', anEntry())).body as { entryId: string };
  const end = (lastDay: string, ifMatch = 1, caller = jinan) =>
    caller.post(`/city-entries/${entryId}/end`, { lastDay, basis: '调出目录' }, { ifMatch });

  expect(codesOf((await end('2025-12-31')).body)).toEqual(['dates-order', 'end-backdated']);
  expect((await end('2026-06-30', 1, bureau('370200'))).status).toBe(404);
  const tries = await Promise.all([end('2026-06-30'), end('2026-06-30')]);
  expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(codesOf((await end('2026-05-31', 2)).body)).toEqual(['already-ended']);
  expect((await jinan.post('/city-entries', anEntry({ from: '2026-07-01' }))).status).toBe(201);
  expect((await listed({ q: `项目${nth}`, on: '2026-06-30' })).items).toMatchObject([
    { endBasis: '调出目录', version: 2 },
  ]);
});

it('does not let an entry end after its own end', async () => {
  const { entryId } = (await jinan.post('/city-entries', anEntry({ to: '2026-06-30' }))).body as { entryId: string };
  const { body } = await jinan.post(
    `/city-entries/${entryId}/end`,
    { lastDay: '2026-07-01', basis: '延续' },
    { ifMatch: 1 },
  );

  expect(codesOf(body)).toEqual(['end-after-end']);
});

it('is the word of a city, and of nobody else', async () => {
  const officer = service.as({ permissions: ['city-directory:manage'], reach: 'province' });

  expect((await officer.post('/city-entries', anEntry())).body.permission).toBe('city-directory:manage');
  expect((await service.stranger.post('/city-entries', anEntry())).status).toBe(401);
});

it('row-level security keeps a statement that forgets whose city it is from writing', async () => {
  await expect(
    service.acting({ reach: 'city', cityCode: '370200', permissions: [] }, () =>
      service.db.read(
        `insert into city_entry (id, city_code, kind, name, occupation_code, valid_from, document, recorded_at)
         values (gen_random_uuid(), '370100', 'project', '别人的项目', '2-02-38-05', '2026-01-01', '文件', '2026-01-01')`,
      ),
    ),
  ).rejects.toMatchObject({ code: '42501' });
});
