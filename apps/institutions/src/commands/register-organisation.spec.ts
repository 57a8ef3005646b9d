import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OrganisationRegistered } from '@shuzheng/contracts';
import { codesOf, fieldsOf, Institutions } from '../testing/directory.js';

const service = new Institutions();
beforeAll(() => service.start());
afterAll(() => service.stop());

const { officer } = service;
let named = 0;
const anOrganisation = (more: object = {}) => ({
  name: `泉城智能制造培训中心${++named}`,
  creditCode: null,
  cityCode: '370100',
  role: 'training-institution',
  ...more,
});

it('registers an organisation, announces it and writes one audit row', async () => {
  const { body, status } = await officer.post('/organisations', anOrganisation());

  expect({ status, body }).toEqual({ status: 201, body: { organisationId: expect.any(String) } });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: OrganisationRegistered.type,
    data: { organisationId: body.organisationId, role: 'training-institution' },
  });
  const audit = await service.query('select operation from audit where subject = $1', [
    `organisation:${body.organisationId}`,
  ]);
  expect(audit).toEqual([{ operation: 'institutions.register-organisation' }]);
  const { body: listed } = await service.stranger.get('/organisations', { role: 'training-institution' });
  expect(listed).toMatchObject({ total: 1, next: null, items: [{ id: body.organisationId }] });
});

it('answers the same key with the same receipt, and refuses it for another content', async () => {
  const first = await officer.post('/organisations', anOrganisation({ name: '海右评价中心' }), { key: 'the-same-key' });
  const again = await officer.post('/organisations', anOrganisation({ name: '海右评价中心' }), { key: 'the-same-key' });
  const other = await officer.post('/organisations', anOrganisation({ name: '别的名字' }), { key: 'the-same-key' });

  expect(again.body).toEqual(first.body);
  expect([other.status, other.body.code]).toEqual([422, 'key-reused']);
});

it('names every broken rule and leaves nothing', async () => {
  const before = await service.announced();

  const { body, status } = await officer.post(
    '/organisations',
    anOrganisation({ creditCode: '11100000000013338X', cityCode: '110100' }),
  );

  expect(status).toBe(422);
  expect(codesOf(body)).toEqual(['credit-code-check', 'city-unknown']);
  expect(await service.announced()).toEqual(before);
});

it.each([
  ['credit-code-length', { creditCode: '123' }],
  ['credit-code-characters', { creditCode: 'IIIIIIIIIIIIIIIIII' }],
  ['office-taken', { role: 'city-bureau' }],
  ['office-taken', { role: 'department', cityCode: '370000' }],
  ['contact-personal', { contact: '张三 １３８-0013-8000' }],
])('refuses with %s', async (code, more) => {
  const { body, status } = await officer.post('/organisations', anOrganisation(more));

  expect([status, codesOf(body)]).toEqual([422, [code]]);
});

it('gives a credit code to one organisation, however it is typed and however many ask at once', async () => {
  const creditCode = '91370100MA3DEMP01T';
  const tries = await Promise.all(
    [creditCode, creditCode.toLowerCase(), ` ${creditCode}`].map((typed) =>
      officer.post('/organisations', anOrganisation({ creditCode: typed.trim() })),
    ),
  );

  expect(tries.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
  const refused = tries.filter(({ status }) => status === 422).map(({ body }) => codesOf(body));
  expect(refused).toEqual([['credit-code-taken'], ['credit-code-taken']]);
});

it('keeps the city of a district, and of a city that has become part of another', async () => {
  const { body: district } = await officer.post('/organisations', anOrganisation({ cityCode: '370211' }));
  const { body: abolished } = await officer.post('/organisations', anOrganisation({ cityCode: '371200' }));

  expect((await service.stranger.get(`/organisations/${district.organisationId}`)).body.cityCode).toBe('370200');
  expect((await service.stranger.get(`/organisations/${abolished.organisationId}`)).body.cityCode).toBe('370100');
});

it('shows the contact to the organisation, its city and the province, and to nobody else', async () => {
  const { body } = await officer.post('/organisations', anOrganisation({ contact: '0531-86000000' }));
  const path = `/organisations/${body.organisationId}`;
  const seenBy = async (caller: typeof officer) => (await caller.get(path)).body.contact as unknown;
  const member = (organisationId: string) => service.as({ permissions: [], organisationId, reach: 'organisation' });
  const inspector = (cityCode: string) => service.as({ permissions: [], cityCode, reach: 'city' });

  expect(await seenBy(officer)).toBe('0531-86000000');
  expect(await seenBy(member(body.organisationId))).toBe('0531-86000000');
  expect(await seenBy(inspector('370100'))).toBe('0531-86000000');
  for (const other of [service.stranger, inspector('370200'), member('00000000-0000-4000-8000-0000000000ff')])
    expect(await seenBy(other)).toBeNull();
  expect(JSON.stringify((await officer.get('/organisations')).body)).not.toContain('86000000');
});

it('shows whoever runs the registry only to those who register organisations', async () => {
  const operator = '/organisations/00000000-0000-4000-8000-000000000001';

  expect((await officer.get('/organisations', { role: 'operator' })).body.total).toBe(1);
  expect((await service.stranger.get('/organisations', { role: 'operator' })).body.total).toBe(0);
  expect([(await officer.get(operator)).status, (await service.stranger.get(operator)).status]).toEqual([200, 404]);
});

it('finds organisations by part of their name', async () => {
  const { body } = await service.stranger.get('/organisations', { name: '日照' });

  expect(body.items).toMatchObject([
    { id: '00000000-0000-4000-8000-000000371100', name: '日照市人力资源和社会保障局', role: 'city-bureau' },
  ]);
});

it('tells which permission is missing', async () => {
  const { body, status } = await service.as({ permissions: [] }).post('/organisations', anOrganisation());

  expect([status, body.permission]).toEqual([403, 'organisations:manage']);
});

it('points at the field that is wrong, and never repeats its value', async () => {
  const { body, status } = await officer.post('/organisations', { ...anOrganisation(), role: 'pirate', more: 1 });

  expect(status).toBe(400);
  expect(fieldsOf(body).sort()).toEqual(['more', 'role']);
  expect(JSON.stringify(body)).not.toContain('pirate');
});

it('registers one body once for each role, under one name and one code', async () => {
  const body = { name: '齐鲁数字技术学院', creditCode: '91370100MA3C0RCD54' };
  const asked = await Promise.all(
    ['training-institution', 'evaluation-institution', 'training-institution'].map((role) =>
      officer.post('/organisations', anOrganisation({ ...body, role })),
    ),
  );

  const refused = asked.filter(({ status }) => status !== 201);
  expect(refused.map((answer) => codesOf(answer.body))).toEqual([['credit-code-taken', 'organisation-name-taken']]);
  const { body: listed } = await service.stranger.get('/organisations', { q: body.creditCode });
  expect((listed.items as { role: string }[]).map(({ role }) => role).sort()).toEqual([
    ...['evaluation-institution', 'training-institution'],
  ]);
});
