import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OrganisationRegistered } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { institutions } from '../index.js';

const service = new ServiceUnderTest(institutions);
beforeAll(() => service.start());
afterAll(() => service.stop());

const officer = service.as({ permissions: ['organisations:manage'], reach: 'province' });
const anOrganisation = (more: object = {}) => ({
  name: '泉城智能制造培训中心',
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
  expect((await service.stranger.get('/organisations')).body).toMatchObject({ total: 1, next: null });
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
  expect(body.reasons.map(({ code }: { code: string }) => code)).toEqual(['credit-code-check', 'city-unknown']);
  expect(await service.announced()).toEqual(before);
});

it('tells which permission is missing', async () => {
  const { body, status } = await service.as({ permissions: [] }).post('/organisations', anOrganisation());

  expect([status, body.permission]).toEqual([403, 'organisations:manage']);
});

it('points at the field that is wrong, and never repeats its value', async () => {
  const { body, status } = await officer.post('/organisations', { ...anOrganisation(), role: 'pirate', more: 1 });

  expect(status).toBe(400);
  expect(body.faults.map(({ field }: { field: string }) => field).sort()).toEqual(['more', 'role']);
  expect(JSON.stringify(body)).not.toContain('pirate');
});
