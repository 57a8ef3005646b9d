import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PersonsMerged } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { Desk } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const at = (day: string) => service.clock.set(`${day}T09:00:00+08:00`);
const learner = (personId: string, permissions = ['own-record:read']) =>
  service.as({ accountId: randomUUID(), reach: 'self', personId, permissions });

it('tells the whole history: every version, every request and decision, who and when', async () => {
  const { certificates } = await desk.issued({ rows: [desk.row({ name: '李小明' })] });
  const [{ id, registry_number: registryNumber } = { id: '', registry_number: '' }] = certificates;
  at('2026-03-03');
  await desk.amended(id, 'corrections', { kind: 'typo', changes: { holderName: '赵晓明' }, reason: '录入有误' });
  at('2026-03-04');
  await desk.amended(id, 'suspensions');
  const asked = await desk.officer().post(`/certificates/${id}/revocations`, { reason: 'result-void', basis: '认定' });
  await desk.approver().post(`/amendments/${asked.body.revocationId}/reject`, { reason: '依据不足' });

  const { body } = await desk.issuer().get(`/certificates/${id}/history`);

  expect(body).toMatchObject({
    ...{ certificateId: id, registryNumber, replaces: null, replacedBy: null },
    versions: [
      { version: 1, maskedName: '李**', awardedOn: '2026-03-02', level: '初级', correctedFields: [] },
      { version: 2, maskedName: '赵**', awardedOn: '2026-03-02', correctedFields: ['holderName'] },
    ],
  });
  expect(body.entries).toMatchObject([
    { what: 'issued', version: 1, office: 'institution' },
    { what: 'correct-requested', office: 'department', at: '2026-03-03T09:00:00.000+08:00' },
    { what: 'correct-approved', version: 2, office: 'department' },
    { what: 'suspend-requested', reason: 'under-investigation' },
    { what: 'suspend-approved', reason: 'under-investigation' },
    { what: 'revoke-requested', reason: 'result-void' },
    { what: 'revoke-rejected', reason: 'result-void' },
  ]);
  expect(JSON.stringify(body)).not.toMatch(/李小明|赵晓明|认定|依据不足/);
  expect((await desk.issuer(desk.otherEi).get(`/certificates/${id}/history`)).status).toBe(404);
  at('2026-03-02');
});

it('answers whether it was valid on a day, and which version it was', async () => {
  const { certificates } = await desk.issued();
  const id = certificates[0]?.id ?? '';
  const turns = [
    ['2026-03-05', 'corrections'],
    ['2026-03-10', 'suspensions'],
    ['2026-03-15', 'reinstatements'],
    ['2026-03-20', 'suspensions'],
    ['2026-03-25', 'revocations'],
  ] as const;
  for (const [day, act] of turns) {
    at(day);
    await desk.amended(id, act);
  }
  const on = async (day: string) => {
    const { body } = await desk.issuer().get(`/certificates/${id}/validity`, { on: day });
    return [body.outcome, body.version];
  };

  expect(await on('2026-03-01')).toEqual(['not-yet', null]);
  expect(await on('2026-03-02')).toEqual(['valid', 1]);
  expect(await on('2026-03-04')).toEqual(['valid', 1]);
  expect(await on('2026-03-05')).toEqual(['valid', 2]);
  expect(await on('2026-03-14')).toEqual(['suspended', 2]);
  expect(await on('2026-03-15')).toEqual(['valid', 2]);
  expect(await on('2026-03-24')).toEqual(['suspended', 2]);
  expect(await on('2026-03-25')).toEqual(['revoked', 2]);
  expect((await desk.issuer().get(`/certificates/${id}/validity`, { on: '2026-02-30' })).status).toBe(400);
  expect((await desk.issuer().get(`/certificates/${id}/validity`)).status).toBe(400);
  expect((await desk.issuer(desk.otherEi).get(`/certificates/${id}/validity`, { on: '2026-03-05' })).status).toBe(404);
  at('2026-03-02');
});

it('shows a learner their own certificates with what others need to check them, and nobody else’s', async () => {
  const [person, alias] = [randomUUID(), randomUUID()];
  const { certificates } = await desk.issued({ rows: [desk.row({ personId: alias }), ...desk.rows(1)] });
  const [first] = await service.query<{ id: string; number: string }>(
    'select id, registry_number as number from certificate where person_id = $1',
    [alias],
  );
  const before = await learner(person).get('/my/certificates');
  await service.hear(PersonsMerged, {
    ...{ personId: person, mergedPersonId: alias, mergedAt: '2026-03-01T08:00:00.000+08:00' },
  });

  const { body } = await learner(person).get('/my/certificates');

  expect([before.body.total, certificates.length]).toEqual([0, 2]);
  expect(body).toMatchObject({
    total: 1,
    items: [{ id: first?.id, registryNumber: first?.number, state: 'valid', maskedName: '王**' }],
  });
  const code = (await desk.issuer().get(`/certificates/${first?.id}/check-code`)).body;
  expect(body.items[0]).toMatchObject({ checkCode: code.checkCode, verifyUrl: code.verifyUrl });
  expect((await learner(alias).get('/my/certificates')).body.total).toBe(1);
  expect((await learner(randomUUID()).get('/my/certificates')).body.total).toBe(0);
  expect((await learner(person, []).get('/my/certificates')).status).toBe(403);
  const clerk = service.as({ permissions: ['own-record:read'], reach: 'organisation', organisationId: desk.ei });
  expect((await clerk.get('/my/certificates')).status).toBe(404);
});

it('counts every page of series and keys', async () => {
  await desk.issued();
  const series = (await desk.officer().get('/ledger/series', { limit: 1 })).body;
  const keys = (await service.stranger.get('/keys')).body;

  expect(series).toMatchObject({ total: 1, next: null, items: [{ series: '37-2026', complete: true }] });
  expect(keys).toMatchObject({ total: 1, next: null, items: [{ keyId: expect.any(String) }] });
});
