import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ExamSiteRecorded } from '@shuzheng/contracts';
import { codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const member = (organisationId: string) => service.as({ permissions: ['sites:manage'], organisationId });
let own: string;
beforeEach(async () => {
  own = await service.anOrganisation('evaluation-institution');
});
const aSite = (more: object = {}) => ({
  cityCode: '370102',
  name: '第一考点',
  address: '济南市历下区经十路1号',
  seats: 60,
  from: '2026-01-01',
  to: null,
  ...more,
});
const record = (more: object = {}) => member(own).post('/exam-sites', aSite(more));
const recorded = async (more: object = {}) => ((await record(more)).body as { siteId: string }).siteId;
const change = (siteId: string, more: object = {}, ifMatch = 1) =>
  member(own).put(
    `/exam-sites/${siteId}`,
    { name: '第一考点', address: '济南市经十路2号', seats: 80, ...more },
    { ifMatch },
  );
const close = (siteId: string, lastDay: string, ifMatch = 1) =>
  member(own).post(`/exam-sites/${siteId}/close`, { lastDay, basis: '租约到期' }, { ifMatch });

it('records a site of the own organisation, announces it, and lists it by city for everybody', async () => {
  const { status, body } = await record({ occupationCodes: ['2-02-38-05'] });

  expect([status, body]).toEqual([201, { siteId: expect.any(String) }]);
  const site = {
    organisationId: own,
    cityCode: '370100',
    name: '第一考点',
    address: '济南市历下区经十路1号',
    seats: 60,
  };
  expect((await service.announced()).at(-1)).toEqual({
    type: ExamSiteRecorded.type,
    data: { siteId: body.siteId, ...site, from: '2026-01-01', to: null },
  });
  const list = async (filter: Record<string, string>) =>
    (await service.stranger.get('/exam-sites', { organisationId: own, ...filter })).body.total as number;
  expect(
    await list({ cityCode: '370100', on: '2026-03-02', occupationCode: '2-02-38-05', seats: '60', q: '考点' }),
  ).toBe(1);
  expect([
    await list({ cityCode: '370200' }),
    await list({ seats: '61' }),
    await list({ occupationCode: '2-02-38-01' }),
  ]).toEqual([0, 0, 0]);
  expect((await service.stranger.get(`/exam-sites/${body.siteId}`)).body).toMatchObject({ ...site, version: 1 });
});

it('changes a site, and closes it after a last day', async () => {
  const siteId = await recorded();

  expect((await change(siteId)).body).toEqual({ id: siteId, version: 2 });
  expect((await service.announced()).at(-1)?.data).toMatchObject({
    siteId,
    seats: 80,
    address: '济南市经十路2号',
    to: null,
  });
  expect((await close(siteId, '2026-06-30', 2)).body).toEqual({ id: siteId, version: 3 });
  expect((await service.announced()).at(-1)?.data).toMatchObject({ siteId, to: '2026-06-30' });
  expect((await service.stranger.get(`/exam-sites/${siteId}`)).body).toMatchObject({
    closingBasis: '租约到期',
    to: '2026-06-30',
  });
  expect(codesOf((await change(siteId, {}, 3)).body)).toEqual(['already-ended']);
  expect(codesOf((await close(siteId, '2026-06-30', 3)).body)).toEqual(['already-ended']);
  expect((await record()).status).toBe(201);
});

it('names every broken rule and leaves nothing', async () => {
  await recorded();
  const before = await service.announced();

  const { body } = await record({
    name: '第一 考点',
    cityCode: '110100',
    occupationCodes: ['9-99-99-99'],
    to: '2025-12-31',
  });
  expect(codesOf(body)).toEqual(['city-unknown', 'site-name-taken', 'occupation-unknown', 'dates-order']);
  expect(await service.announced()).toEqual(before);
  const ending = await recorded({ name: '第二考点', to: '2026-06-30' });
  expect(codesOf((await close(ending, '2026-03-01')).body)).toEqual(['end-backdated']);
  expect(codesOf((await close(ending, '2026-07-01')).body)).toEqual(['end-after-end']);
  expect(codesOf((await close(ending, '2025-12-31')).body)).toEqual(['dates-order', 'end-backdated']);
  await service.officer.post(`/organisations/${own}/end`, { from: '2026-03-02', basis: '注销' }, { ifMatch: 1 });
  expect(codesOf((await record({ name: '第三考点' })).body)).toEqual(['organisation-is-ended']);
});

it('takes a name once in an organisation, however many ask at once, and one of two changes', async () => {
  const tries = await Promise.all([record(), record()]);
  expect(tries.map(({ status }) => status).sort()).toEqual([201, 422]);

  const siteId = await recorded({ name: '第二考点' });
  const changes = await Promise.all([change(siteId, { name: '甲' + '考点' }), change(siteId, { name: '乙考点' })]);
  expect(changes.map(({ status }) => status).sort()).toEqual([200, 409]);
});

it('keeps the sites of others out of reach, and takes no telephone number for an address', async () => {
  const siteId = await recorded();
  const other = member(await service.anOrganisation('evaluation-institution'));

  expect(
    (await other.put(`/exam-sites/${siteId}`, { name: '我的', address: '某处地址', seats: 1 }, { ifMatch: 1 })).status,
  ).toBe(404);
  expect(
    (await other.post(`/exam-sites/${siteId}/close`, { lastDay: '2026-06-30', basis: '依据' }, { ifMatch: 1 })).status,
  ).toBe(404);
  expect((await record({ name: '第二考点', address: '经十路1号 13800138000' })).status).toBe(400);
  const province = service.as({ permissions: ['sites:manage'], reach: 'province' });
  expect((await province.post('/exam-sites', aSite())).body.permission).toBe('sites:manage');
  expect((await service.stranger.get('/exam-sites/00000000-0000-4000-8000-0000000000ff')).status).toBe(404);
});
