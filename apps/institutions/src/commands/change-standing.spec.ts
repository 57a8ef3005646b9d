import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { OrganisationStatusChanged } from '@shuzheng/contracts';
import { anEntry, codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const { officer } = service;
let id: string;
let entryId: string;
beforeEach(async () => {
  service.clock.set('2026-03-02T09:00:00+08:00');
  id = await service.anOrganisation();
  entryId = await service.anEntry(anEntry(id));
});

type Act = 'suspend' | 'resume' | 'end';
const act = (what: Act, from: string, ifMatch = 1, more: object = {}) =>
  officer.post(`/organisations/${id}/${what}`, { from, basis: '鲁人社函〔2026〕1号', ...more }, { ifMatch });
const cover = async (on: string) => {
  const ask = { organisationId: id, role: 'training', occupationCode: '2-02-38-05', level: 'junior', on };
  const { body } = await service.stranger.get('/cover', ask);
  return body as Record<string, unknown>;
};
const find = async () => (await service.stranger.get(`/organisations/${id}`)).body as Record<string, unknown>;

it('A03 suspends an institution from a day on: nothing new is covered, and what began may finish', async () => {
  const { status, body } = await act('suspend', '2026-04-01');

  expect([status, body]).toEqual([201, { organisationId: id, status: 'suspended', version: 2 }]);
  expect((await service.announced()).at(-1)).toEqual({
    type: OrganisationStatusChanged.type,
    data: { organisationId: id, status: 'suspended', from: '2026-04-01', basis: '鲁人社函〔2026〕1号' },
  });
  expect(await cover('2026-03-31')).toMatchObject({ allowed: true, entryId, status: 'active' });
  expect(await cover('2026-04-01')).toMatchObject({
    allowed: false,
    missing: 'organisation-suspended',
    status: 'suspended',
    mayFinish: true,
    entry: null,
  });
});

it('shows the state of today, and one that is recorded for later, in lists too', async () => {
  await act('suspend', '2026-04-01');
  const later = { nextStatus: 'suspended', nextStatusFrom: '2026-04-01' };

  expect(await find()).toMatchObject({ status: 'active', statusTitle: '正常', ...later });
  service.clock.set('2026-04-01T00:00:00+08:00');
  expect(await find()).toMatchObject({
    status: 'suspended',
    statusTitle: '已暂停',
    statusFrom: '2026-04-01',
    nextStatus: null,
  });
  const { body } = await service.stranger.get('/organisations', { status: 'suspended' });
  expect(body.items).toContainEqual(
    expect.objectContaining({ id, status: 'suspended', statusBasis: '鲁人社函〔2026〕1号' }),
  );
  const before = await service.stranger.get('/organisations', { status: 'suspended', on: '2026-03-31' });
  expect(before.body.items).not.toContainEqual(expect.objectContaining({ id }));
});

it('lets an institution go on, and still knows afterwards on which days it was suspended', async () => {
  await act('suspend', '2026-03-02');
  service.clock.set('2026-03-20T09:00:00+08:00');
  expect((await act('resume', '2026-03-20', 2)).body).toEqual({ organisationId: id, status: 'active', version: 3 });

  expect(await cover('2026-03-01')).toMatchObject({ allowed: true });
  expect(await cover('2026-03-19')).toMatchObject({ missing: 'organisation-suspended' });
  expect(await cover('2026-03-20')).toMatchObject({ allowed: true, status: 'active' });
  const { body } = await service.stranger.get(`/organisations/${id}/history`);
  expect(body.standings).toMatchObject([
    { status: 'suspended', title: '已暂停', from: '2026-03-02' },
    { status: 'active', title: '正常', from: '2026-03-20' },
  ]);
});

it('ends an institution for good', async () => {
  await act('end', '2026-05-01');

  expect(await cover('2026-05-01')).toMatchObject({ missing: 'organisation-ended' });
  for (const what of ['suspend', 'resume', 'end'] as const)
    expect(codesOf((await act(what, '2026-06-01', 2)).body)).toEqual(['organisation-is-ended']);
});

it('takes back a suspension that has not begun, and ends what is suspended', async () => {
  await act('suspend', '2026-04-01');
  expect((await act('resume', '2026-04-01', 2)).status).toBe(201);
  expect(await cover('2026-04-01')).toMatchObject({ allowed: true });

  await act('suspend', '2026-03-02', 3);
  expect((await act('end', '2026-03-02', 4)).body).toMatchObject({ status: 'ended' });
});

it('ends a suspension ahead of its day: until then it counts', async () => {
  await act('suspend', '2026-03-02');

  expect((await act('resume', '2026-06-01', 2)).status).toBe(201);

  expect(await cover('2026-05-31')).toMatchObject({ missing: 'organisation-suspended' });
  expect(await cover('2026-06-01')).toMatchObject({ allowed: true });
});

it('reaches back only where a document says so', async () => {
  expect(codesOf((await act('suspend', '2026-03-01')).body)).toEqual(['suspension-backdated']);
  expect(codesOf((await act('end', '2026-03-01')).body)).toEqual(['suspension-backdated']);
  const retroactiveBasis = '鲁人社函〔2026〕1号 第二条';
  expect((await act('suspend', '2026-02-10', 1, { retroactiveBasis })).status).toBe(201);
  expect(await cover('2026-02-10')).toMatchObject({ missing: 'organisation-suspended' });
  const { body } = await service.stranger.get(`/organisations/${id}/history`);
  expect(body.standings).toMatchObject([{ retroactiveBasis }]);
});

it('refuses what the state does not allow, and leaves nothing', async () => {
  expect(codesOf((await act('resume', '2026-03-02')).body)).toEqual(['organisation-not-suspended']);
  await act('suspend', '2026-03-10');
  const before = await service.announced();

  expect(codesOf((await act('suspend', '2026-03-12', 2)).body)).toEqual(['organisation-suspended-already']);
  expect(codesOf((await act('resume', '2026-03-09', 2)).body)).toEqual(['resumption-before-suspension']);
  expect(await service.announced()).toEqual(before);
});

it('suspends institutions, not the offices of the state', async () => {
  id = '00000000-0000-4000-8000-000000370200';

  expect(codesOf((await act('suspend', '2026-03-02')).body)).toEqual(['organisation-is-office']);
});

it('leaves one of two measures that come at once, and answers a repeated key with the first', async () => {
  const tries = await Promise.all([act('suspend', '2026-03-02'), act('end', '2026-03-02')]);
  expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);

  id = await service.anOrganisation();
  const body = { from: '2026-03-02', basis: '鲁人社函〔2026〕2号' };
  const options = { ifMatch: 1, key: 'suspend-it-only-once' };
  const first = await officer.post(`/organisations/${id}/suspend`, body, options);
  const again = await officer.post(`/organisations/${id}/suspend`, body, options);
  expect([again.status, again.body]).toEqual([201, first.body]);
});

it('is for the department alone, and finds only what exists', async () => {
  const body = { from: '2026-03-02', basis: '依据' };
  const city = service.as({ permissions: ['organisations:suspend'], reach: 'city', cityCode: '370100' });

  expect((await city.post(`/organisations/${id}/suspend`, body, { ifMatch: 1 })).body.permission).toBe(
    'organisations:suspend',
  );
  expect(
    (await service.as({ permissions: [], reach: 'province' }).post(`/organisations/${id}/end`, body, { ifMatch: 1 }))
      .status,
  ).toBe(403);
  id = '00000000-0000-4000-8000-0000000000ff';
  expect((await act('suspend', '2026-03-02')).status).toBe(404);
});
