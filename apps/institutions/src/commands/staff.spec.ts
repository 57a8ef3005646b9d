import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { StaffRecorded } from '@shuzheng/contracts';
import { codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const member = (organisationId: string) => service.as({ permissions: ['staff:manage'], organisationId });
let own: string;
beforeEach(async () => {
  own = await service.anOrganisation();
});
const qualified = (more: object = {}) => ({
  occupationCode: '2-02-38-05',
  level: 'junior',
  certificate: '高级工程师',
  source: '省人力资源社会保障厅',
  from: '2020-01-01',
  to: null,
  ...more,
});
const aTeacher = (more: object = {}) => ({
  kind: 'teacher',
  name: '欧阳 明远',
  qualifications: [qualified()],
  from: '2026-01-01',
  to: null,
  ...more,
});
const record = (more: object = {}) => member(own).post('/staff', aTeacher(more));
const recorded = async (more: object = {}) => ((await record(more)).body as { staffId: string }).staffId;
const warned = (body: unknown) => (body as { warnings: string[] }).warnings.map((text) => text.split('：')[0]);

it('records a teacher, announces only the masked name, and stores none that can be read', async () => {
  const { status, body } = await record();

  expect([status, body]).toEqual([
    201,
    {
      staffId: expect.any(String),
      version: 1,
      warnings: [expect.stringMatching(/^qualification-unverified：.*待核实/)],
    },
  ]);
  expect((await service.announced()).at(-1)).toEqual({
    type: StaffRecorded.type,
    data: {
      staffId: body.staffId,
      organisationId: own,
      kind: 'teacher',
      maskedName: '欧阳**',
      qualifications: [{ occupationCode: '2-02-38-05', level: 'junior' }],
      from: '2026-01-01',
      to: null,
    },
  });
  for (const table of ['staff', 'event', 'audit', 'idempotency']) {
    const rows = await service.query(`select * from ${table}`);
    expect(JSON.stringify(rows)).not.toContain('明远');
  }
});

it('masks names in lists, and shows the whole name to the own organisation alone', async () => {
  const staffId = await recorded();
  const { body } = await member(own).get('/staff', {
    kind: 'teacher',
    occupationCode: '2-02-38-05',
    level: 'junior',
    on: '2026-03-02',
  });

  expect(body).toMatchObject({
    total: 1,
    items: [{ id: staffId, maskedName: '欧阳**', occupationCodes: ['2-02-38-05'] }],
  });
  expect(JSON.stringify(body)).not.toContain('明远');
  expect((await member(own).get(`/staff/${staffId}`)).body).toMatchObject({
    name: '欧阳明远',
    qualifications: [qualified()],
    version: 1,
  });
  const province = service.as({ permissions: ['staff:manage'], reach: 'province' });
  expect((await province.get(`/staff/${staffId}`)).body).toMatchObject({ name: null, maskedName: '欧阳**' });
  expect((await member(own).get('/staff', { kind: 'examiner' })).body.total).toBe(0);
});

it('keeps the people of others out of reach', async () => {
  const staffId = await recorded();
  const other = member(await service.anOrganisation());

  expect((await other.get(`/staff/${staffId}`)).status).toBe(404);
  expect((await other.get('/staff')).body.total).toBe(0);
  const change = { qualifications: [], from: '2026-01-01', to: null };
  expect((await other.put(`/staff/${staffId}`, change, { ifMatch: 1 })).status).toBe(404);
  expect(
    (await other.post(`/staff/${staffId}/end`, { lastDay: '2026-06-30', basis: '离职' }, { ifMatch: 1 })).status,
  ).toBe(404);
  expect((await service.as({ permissions: [], organisationId: own }).get('/staff')).status).toBe(403);
  const province = service.as({ permissions: ['staff:manage'], reach: 'province' });
  expect((await province.post('/staff', aTeacher())).body.permission).toBe('staff:manage');
});

it('moves with its institution to another city', async () => {
  const staffId = await recorded();
  const details = { name: `迁址机构${staffId.slice(0, 4)}`, creditCode: null, cityCode: '370200', basis: '迁址' };
  await service.officer.put(`/organisations/${own}`, details, { ifMatch: 1 });
  const seenIn = async (cityCode: string) =>
    (await service.as({ permissions: ['staff:manage'], reach: 'city', cityCode }).get(`/staff/${staffId}`)).status;

  expect([await seenIn('370100'), await seenIn('370200')]).toEqual([404, 200]);
});

it('warns, and does not refuse, while nobody knows which qualification is demanded', async () => {
  expect(warned((await record({ qualifications: [] })).body)).toEqual(['qualification-none']);
  expect(warned((await record({ kind: 'examiner' })).body)).toEqual(['qualification-unverified']);
  expect(warned((await record()).body)).toEqual(['qualification-unverified', 'staff-same-name']);
  await service.officer.post('/rules', {
    rule: 'teachers',
    scope: '2-02-38-05',
    edition: '2021年版',
    level: 'junior',
    value: { text: '中级及以上职称' },
    from: '2026-01-01',
    to: null,
    document: '国家职业标准',
    article: '1.9',
    confidence: 'T',
  });
  expect(warned((await record({ name: '李行之' })).body)).toEqual([]);
  expect(warned((await record({ name: '王行之', qualifications: [qualified({ level: null })] })).body)).toEqual([
    'qualification-unverified',
  ]);
});

it('changes qualifications, and ends with a last day and its basis', async () => {
  const staffId = await recorded();
  const change = {
    qualifications: [qualified({ level: null }), qualified({ occupationCode: '2-02-38-01' })],
    from: '2026-01-01',
    to: null,
  };
  const changes = await Promise.all([1, 2].map(() => member(own).put(`/staff/${staffId}`, change, { ifMatch: 1 })));

  expect(changes.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await service.announced()).at(-1)?.data['qualifications']).toEqual([
    { occupationCode: '2-02-38-05', level: null },
    { occupationCode: '2-02-38-01', level: 'junior' },
  ]);
  const end = (lastDay: string, ifMatch = 2) =>
    member(own).post(`/staff/${staffId}/end`, { lastDay, basis: '离职' }, { ifMatch });
  expect(codesOf((await end('2026-03-01')).body)).toEqual(['end-backdated']);
  expect((await end('2026-06-30')).body).toEqual({ id: staffId, version: 3 });
  expect((await service.announced()).at(-1)?.data).toMatchObject({ staffId, to: '2026-06-30', maskedName: '欧阳**' });
  expect(codesOf((await end('2026-06-30', 3)).body)).toEqual(['already-ended']);
  const again = await member(own).put(`/staff/${staffId}`, change, { ifMatch: 3 });
  expect(codesOf(again.body)).toEqual(['already-ended']);
  expect((await member(own).get('/staff', { on: '2026-07-01' })).body.total).toBe(0);
});

it('names every broken rule and leaves nothing', async () => {
  const before = await service.announced();
  const { body } = await record({
    name: '张?',
    qualifications: [qualified({ occupationCode: '9-99-99-99' }), qualified({ occupationCode: '9-99-99-99' })],
    to: '2025-12-31',
  });

  expect(codesOf(body)).toEqual(['staff-name', 'occupation-unknown', 'qualification-repeated', 'dates-order']);
  expect(codesOf((await record({ qualifications: [qualified({ to: '2019-12-31' })] })).body)).toEqual(['dates-order']);
  expect(await service.announced()).toEqual(before);
  await service.officer.post(`/organisations/${own}/end`, { from: '2026-03-02', basis: '注销' }, { ifMatch: 1 });
  expect(codesOf((await record()).body)).toEqual(['organisation-is-ended']);
});
