import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { OrganisationRegistered } from '@shuzheng/contracts';
import { codesOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const { officer } = service;
let id: string;
let name: string;
let nth = 0;
beforeEach(async () => {
  name = `鲁班数字技术学院${++nth}`;
  id = await service.anOrganisation('training-institution', name);
});
const details = (more: object = {}) => ({
  name: `${name}（更名）`,
  creditCode: null,
  cityCode: '370200',
  basis: '营业执照变更通知书',
  ...more,
});
const change = (more: object = {}, ifMatch: number | undefined = 1) =>
  officer.put(`/organisations/${id}`, details(more), { ifMatch });
const find = async () => (await service.stranger.get(`/organisations/${id}`)).body;
const end = () => officer.post(`/organisations/${id}/end`, { from: '2026-03-02', basis: '机构注销' }, { ifMatch: 1 });

it('changes what is known of an organisation, announces it, and keeps what was known before', async () => {
  const { status, body } = await change({ contact: '0532-86000000' });

  expect([status, body]).toEqual([200, { organisationId: id, version: 2 }]);
  expect((await service.announced()).at(-1)).toEqual({
    type: OrganisationRegistered.type,
    data: {
      organisationId: id,
      name: `${name}（更名）`,
      creditCode: null,
      cityCode: '370200',
      role: 'training-institution',
    },
  });
  expect(await find()).toMatchObject({
    name: `${name}（更名）`,
    cityCode: '370200',
    version: 2,
    contact: null,
    status: 'active',
  });
  const { body: history } = await officer.get(`/organisations/${id}/history`);
  expect(history).toMatchObject({
    id,
    standings: [],
    versions: [
      { version: 1, name, cityCode: '370100', basis: null, contact: null },
      {
        version: 2,
        name: `${name}（更名）`,
        cityCode: '370200',
        basis: '营业执照变更通知书',
        contact: '0532-86000000',
      },
    ],
  });
  const audit = await service.query('select operation from audit where subject = $1 order by sequence', [
    `organisation:${id}`,
  ]);
  expect(audit).toContainEqual({ operation: 'institutions.change-organisation' });
});

it('keeps the contact where it is left out, moves it with the city, and deletes it when told to', async () => {
  await change({ contact: '0532-86000000' });
  await change({ cityCode: '370300', name }, 2);
  const inspector = (cityCode: string) => service.as({ permissions: [], cityCode, reach: 'city' });
  const seenBy = async (caller: typeof officer) => (await caller.get(`/organisations/${id}`)).body.contact as unknown;

  expect([await seenBy(inspector('370300')), await seenBy(officer)]).toEqual(['0532-86000000', '0532-86000000']);
  await change({ contact: null, name }, 3);
  expect(await seenBy(officer)).toBeNull();
  expect(JSON.stringify((await service.stranger.get(`/organisations/${id}/history`)).body)).not.toContain('86000000');
});

it('names every broken rule and leaves nothing', async () => {
  const other = await service.anOrganisation('training-institution', `另一机构${nth}`);
  await officer.put(`/organisations/${other}`, details({ name: `另一机构${nth}`, creditCode: '91370100MA3DEMP01T' }), {
    ifMatch: 1,
  });
  const before = await service.announced();

  const { status, body } = await change({
    name: ` 另一 机构${nth} `,
    creditCode: '91370100MA3DEMP01T',
    cityCode: '110100',
    contact: '１３８００１３８０００',
  });

  expect(status).toBe(422);
  expect(codesOf(body)).toEqual(['credit-code-taken', 'city-unknown', 'organisation-name-taken', 'contact-personal']);
  expect(await service.announced()).toEqual(before);
  expect(await find()).toMatchObject({ name, version: 1 });
});

it('takes a name however it is written for the same name, in one role only, and frees it when its bearer ends', async () => {
  const again = { name: `鲁班 数字技术学院${nth}`, creditCode: null, cityCode: '370100', role: 'training-institution' };

  expect(codesOf((await officer.post('/organisations', again)).body)).toEqual(['organisation-name-taken']);
  expect((await officer.post('/organisations', { ...again, role: 'evaluation-institution' })).status).toBe(201);
  await end();
  expect((await officer.post('/organisations', again)).status).toBe(201);
});

it('does not change an organisation that has ended', async () => {
  await end();

  expect(codesOf((await change({}, 2)).body)).toEqual(['organisation-is-ended']);
  const entry = { organisationId: id, role: 'training', occupationCode: '2-02-38-05', direction: null, levels: null };
  const recorded = await officer.post('/directory-entries', {
    ...entry,
    from: '2026-04-01',
    to: null,
    batch: '第一批',
    source: '目录',
  });
  expect(codesOf(recorded.body)).toEqual(['organisation-is-ended']);
});

it('leaves one of two changes that come at once, and needs the version that was read and a basis', async () => {
  const tries = await Promise.all([change(), change({ name: `${name}（又名）` })]);

  expect(tries.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await officer.put(`/organisations/${id}`, details())).body.code).toBe('if-match-missing');
  expect((await change({ basis: '<b>依据</b>' }, 2)).status).toBe(400);
});

it('gives one name to one organisation, however many ask at once', async () => {
  const asked = { name: `同名学院${nth}`, creditCode: null, cityCode: '370100', role: 'training-institution' };
  const tries = await Promise.all([1, 2, 3].map(() => officer.post('/organisations', asked)));

  expect(tries.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
});

it('finds only what exists, and lets only those change it who may', async () => {
  const absent = '/organisations/00000000-0000-4000-8000-0000000000ff';

  expect((await officer.put(absent, details(), { ifMatch: 1 })).status).toBe(404);
  expect((await service.stranger.get(`${absent}/history`)).status).toBe(404);
  const operator = '/organisations/00000000-0000-4000-8000-000000000001/history';
  expect((await service.stranger.get(operator)).status).toBe(404);
  const member = service.as({ permissions: ['sites:manage'], organisationId: id });
  expect((await member.put(`/organisations/${id}`, details(), { ifMatch: 1 })).body.permission).toBe(
    'organisations:manage',
  );
});
