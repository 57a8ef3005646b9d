import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CertificateCorrected, CertificateRevoked } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { codesOf, Desk } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const correction = (holderName: string) => ({
  kind: 'typo',
  changes: { holderName },
  reason: '姓名录入有误，应为李晓明',
});

async function aCertificate(name = '李小明') {
  const { certificates, batchId } = await desk.issued({ rows: [desk.row({ name })] });
  return { batchId, id: certificates[0]?.id ?? '', registryNumber: certificates[0]?.registry_number ?? '' };
}

const request = async (id: string, holderName: string) =>
  String((await desk.officer().post(`/certificates/${id}/corrections`, correction(holderName))).body.correctionId);

const revocation = async (id: string) =>
  String(
    (
      await desk
        .officer()
        .post(`/certificates/${id}/revocations`, { reason: 'false-commitment', basis: '核查结论〔2026〕1号' })
    ).body.revocationId,
  );

it('A42 corrects a name in a new version: number and award date stay, the old version says corrected', async () => {
  const { id, batchId, registryNumber } = await aCertificate('李小明');
  const old = (await desk.issuer().get(`/certificates/${id}/credential`)).body;
  service.clock.set('2026-04-01T10:00:00+08:00');
  const correctionId = await request(id, '李晓明');

  const { status, body } = await desk.approver().post(`/corrections/${correctionId}/approve`);

  expect([status, body]).toEqual([201, { certificateId: id, version: 2 }]);
  const now = (await desk.issuer().get(`/certificates/${id}`)).body;
  expect(now).toMatchObject({
    ...{ registryNumber, awardedOn: '2026-03-02', state: 'corrected', version: 2, maskedName: '李**' },
    versions: [
      { version: 1, standing: 'corrected', correctedFields: [] },
      { version: 2, standing: 'current', correctedFields: ['holderName'] },
    ],
  });
  const credential = (await desk.issuer().get(`/certificates/${id}/credential`)).body;
  const first = (await desk.issuer().get(`/certificates/${id}/credential`, { version: 1 })).body;
  expect(first).toEqual(old);
  expect(credential.credentialSubject).toMatchObject({
    name: '李晓明',
    certificate: { registryNumber, awardDate: '2026-03-02', version: 2, correctedFields: ['holderName'] },
  });
  expect(await desk.announced(CertificateCorrected.type, batchId)).toMatchObject([
    { certificateId: id, registryNumber, version: 2, correctedOn: '2026-04-01', kind: 'typo', name: '李晓明' },
  ]);
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['corrected']);
  service.clock.set('2026-03-02T09:00:00+08:00');
});

it('A43 revokes with four eyes, announces it, and lets nothing happen to the certificate after', async () => {
  const { id, batchId, registryNumber } = await aCertificate();
  const revocationId = await revocation(id);
  const still = (await desk.issuer().get(`/certificates/${id}`)).body.state;

  const { status, body } = await desk.approver().post(`/revocations/${revocationId}/approve`);

  expect([still, status, body]).toEqual(['valid', 201, { certificateId: id, revokedOn: '2026-03-02' }]);
  expect(await desk.announced(CertificateRevoked.type, batchId)).toEqual([
    { batchId, certificateId: id, registryNumber, revokedOn: '2026-03-02', reason: 'false-commitment' },
  ]);
  expect((await desk.issuer().get(`/certificates/${id}`)).body).toMatchObject({
    ...{ state: 'revoked', revokedOn: '2026-03-02' },
    versions: [{ version: 1, standing: 'revoked' }],
  });
  const after = [
    await desk.officer().post(`/certificates/${id}/corrections`, correction('李晓明')),
    await desk.officer().post(`/certificates/${id}/revocations`, { reason: 'issued-in-error', basis: '再次' }),
    await desk.officer().post(`/certificates/${id}/suspensions`, {
      ...{ reason: 'under-investigation', basis: '核查', reviewOn: '2026-04-01' },
    }),
    await desk.officer().post(`/certificates/${id}/replacements`, { reason: 'lost', basis: '遗失声明' }),
    await desk.approver('another').post(`/revocations/${revocationId}/approve`),
  ];
  expect(after.map((answer) => codesOf(answer))).toEqual([
    ['certificate-revoked'],
    ['certificate-revoked'],
    ['certificate-revoked'],
    ['certificate-revoked'],
    ['amendment-decided'],
  ]);
  await expect(
    service.query(`update certificate set state = 'corrected', revoked_on = null where id = $1`, [id]),
  ).rejects.toThrow('keeps its number');
});

it('lets nobody approve or reject what they asked for', async () => {
  const { id, batchId } = await aCertificate();
  const own = await desk.approver().post(`/certificates/${id}/corrections`, correction('李晓明'));

  const answers = [
    await desk.approver().post(`/corrections/${own.body.correctionId}/approve`),
    await desk.approver().post(`/amendments/${own.body.correctionId}/reject`, { reason: '不符' }),
  ];
  await desk.approver().post(`/amendments/${own.body.correctionId}/withdraw`);
  const revoke = { reason: 'result-void', basis: '成绩认定〔2026〕3号' };
  const ownRevocation = await desk.approver().post(`/certificates/${id}/revocations`, revoke);
  answers.push(await desk.approver().post(`/revocations/${ownRevocation.body.revocationId}/approve`));

  expect(answers.map((answer) => codesOf(answer))).toEqual([['same-person'], ['same-person'], ['same-person']]);
  expect(await desk.announced(CertificateRevoked.type, batchId)).toEqual([]);
  const [kept] = await service.query('select version, state from certificate where id = $1', [id]);
  expect(kept).toEqual({ version: 1, state: 'valid' });
});

it('approves once, however many approve at the same moment', async () => {
  const { id, batchId } = await aCertificate();
  const correctionId = await request(id, '李晓明');

  const corrected = await Promise.all(
    Array.from({ length: 6 }, (_, i) => desk.approver(`approver ${i}`).post(`/corrections/${correctionId}/approve`)),
  );
  const revocationId = await revocation(id);
  const revoked = await Promise.all(
    Array.from({ length: 6 }, (_, i) => desk.approver(`approver ${i}`).post(`/revocations/${revocationId}/approve`)),
  );

  expect(corrected.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422]);
  expect(revoked.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422]);
  expect(await desk.announced(CertificateCorrected.type, batchId)).toHaveLength(1);
  expect(await desk.announced(CertificateRevoked.type, batchId)).toHaveLength(1);
});

it('takes one request at a time for a certificate, however many ask at the same moment', async () => {
  const { id } = await aCertificate();

  const answers = await Promise.all([
    ...Array.from({ length: 3 }, () => desk.officer().post(`/certificates/${id}/corrections`, correction('李晓明'))),
    desk.issuer().post(`/certificates/${id}/revocations`, { reason: 'issued-in-error', basis: '误发' }),
  ]);

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  for (const answer of answers) if (answer.status === 422) expect(codesOf(answer)).toEqual(['amendment-open']);
  await expect(
    service.query(
      `insert into amendment (id, certificate_id, organisation_id, act, reason, of_version, basis_sealed, requested_by, requested_at)
       select gen_random_uuid(), id, organisation_id, 'revoke', 'x', 1, 'x', gen_random_uuid(), now() from certificate where id = $1`,
      [id],
    ),
  ).rejects.toThrow('amendment_one_open');
});

it.each([
  ['correction-changes-nothing', '李 小明'],
  ['name-empty', '​ x'.slice(0, 1) + '​'],
  ['name-control-character', '李\u0007明'],
  ['name-lost-character', '李?明'],
  ['name-too-long', '长'.repeat(51)],
  ['name-only-digits', '12345'],
  ['name-dot-at-edge', '·李明'],
])('refuses a correction with %s', async (code, holderName) => {
  const { id } = await aCertificate('李小明');

  const answer = await desk.officer().post(`/certificates/${id}/corrections`, correction(holderName));

  expect([answer.status, codesOf(answer)]).toEqual([422, [code]]);
});

it('lists requests masked, shows one in full to whoever decides, and records that it was read', async () => {
  const { id } = await aCertificate();
  const correctionId = await request(id, '李晓明');

  const corrections = await desk.approver().get('/corrections', { certificateId: id, state: 'requested' });
  const detail = await desk.approver().get(`/amendments/${correctionId}`);

  expect(corrections.body.items).toMatchObject([
    {
      ...{ id: correctionId, act: 'correct', kind: 'typo', maskedFrom: '李**', maskedTo: '李**', ofVersion: 1 },
      ...{ state: 'requested', requestedFrom: 'department' },
      status: { state: 'requested', title: '待省厅批准', waitsFor: 'department-approver', dueOn: null },
    },
  ]);
  expect(JSON.stringify(corrections.body)).not.toMatch(/李晓明|录入有误/);
  expect(detail.body).toMatchObject({ holderName: '李晓明', basis: '姓名录入有误，应为李晓明', why: null });
  const audit = await service.query(`select detail from audit where operation = 'certification.find-amendment'`);
  expect(audit).toEqual([{ detail: JSON.stringify({ opened: 'amendment', id: correctionId }) }]);
  const stored = await service.query('select row_to_json(amendment)::text as row from amendment where id = $1', [
    correctionId,
  ]);
  expect(stored[0]?.['row']).not.toContain('李晓明');
  expect((await desk.issuer(desk.otherEi).get('/corrections', { certificateId: id })).body.total).toBe(0);
  expect((await desk.issuer(desk.otherEi).get(`/amendments/${correctionId}`)).status).toBe(404);
});

it('leaves approving to the department, and what is absent or foreign the same', async () => {
  const { id } = await aCertificate();
  const correctionId = await request(id, '李晓明');
  const permissions = ['certificates:approve', 'certificates:amend'];
  const insider = service.as({ permissions, reach: 'organisation', organisationId: desk.ei });
  const foreign = service.as({ permissions, reach: 'organisation', organisationId: desk.otherEi });

  const answers = [
    await insider.post(`/corrections/${correctionId}/approve`),
    await foreign.post(`/certificates/${id}/corrections`, correction('李晓明')),
    await desk.approver().post(`/corrections/${randomUUID()}/approve`),
    await desk.approver().post(`/revocations/${randomUUID()}/approve`),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  const own = await insider.post(`/certificates/${(await aCertificate()).id}/corrections`, correction('李晓明'));
  expect(own.status).toBe(201);
});

it('certifies a person again after the revocation, from a new result', async () => {
  const person = desk.row();
  const { certificates } = await desk.issued({ rows: [person] });
  const revocationId = await revocation(certificates[0]?.id ?? '');
  await desk.approver().post(`/revocations/${revocationId}/approve`);

  const again = await desk.issued({ rows: [desk.row({ personId: person.personId })] });

  expect(again.certificates).toHaveLength(1);
  expect((await desk.officer().get('/certificates', { personId: person.personId })).body.total).toBe(2);
});

it('tells the codes one may give as reasons', async () => {
  const { body } = await service.stranger.get('/reason-codes');

  expect(body.returns).toContainEqual({ code: 'hours-missing', title: expect.any(String) });
  expect(body.revocations).toContainEqual({ code: 'false-commitment', title: '告知承诺不实' });
});
