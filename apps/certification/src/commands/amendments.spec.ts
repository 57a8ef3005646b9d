import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AttachmentDeclared,
  CertificateReinstated,
  CertificateReplaced,
  CertificateRevoked,
  CertificatesIssued,
  CertificateSuspended,
  RuleRecorded,
} from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { codesOf, Desk, each } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

async function aCertificate(name = '王小明') {
  const { certificates, batchId } = await desk.issued({ rows: [desk.row({ name })] });
  return { batchId, id: certificates[0]?.id ?? '', registryNumber: certificates[0]?.registry_number ?? '' };
}
const found = async (id: string) => (await desk.issuer().get(`/certificates/${id}`)).body;
const ask = (id: string, act: string, body: object, caller = desk.officer()) =>
  caller.post(`/certificates/${id}/${act}`, body);
const suspension = { reason: 'under-investigation', basis: '核查通知', reviewOn: '2026-04-01' };
const reinstatement = { reason: 'doubt-removed', basis: '核查结论' };
const typo = (holderName: string) => ({ kind: 'typo', changes: { holderName }, reason: '录入有误' });

it('suspends until a day of review, and reinstates, each with two people', async () => {
  const { id, batchId, registryNumber } = await aCertificate();

  await desk.amended(id, 'suspensions', suspension);
  const suspended = await found(id);
  const again = [await ask(id, 'suspensions', suspension), await ask(id, 'corrections', typo('王晓明'))];
  again.push(await ask(id, 'replacements', { reason: 'lost', basis: '遗失声明' }));
  const due = await desk.officer().get('/certificates', { reviewBy: '2026-04-01', state: 'suspended' });
  await desk.amended(id, 'reinstatements');

  expect(suspended).toMatchObject({ state: 'suspended', suspendedOn: '2026-03-02', reviewOn: '2026-04-01' });
  expect(again.map((answer) => codesOf(answer))).toEqual(Array(3).fill(['certificate-suspended']));
  expect(each(due.body.items).map(({ id: one }) => one)).toContain(id);
  expect(await found(id)).toMatchObject({ state: 'valid', suspendedOn: null, reviewOn: null, version: 1 });
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['issued']);
  const about = { batchId, certificateId: id, registryNumber };
  expect(await desk.announced(CertificateSuspended.type, batchId)).toEqual([
    { ...about, suspendedOn: '2026-03-02', reason: 'under-investigation' },
  ]);
  expect(await desk.announced(CertificateReinstated.type, batchId)).toEqual([{ ...about, reinstatedOn: '2026-03-02' }]);
});

it('gives a corrected certificate its correction back after a suspension, and logs every turn', async () => {
  const { id, batchId } = await aCertificate();
  await desk.amended(id, 'corrections');
  for (const act of ['suspensions', 'reinstatements', 'suspensions', 'reinstatements'] as const) {
    await desk.amended(id, act);
  }

  expect(await found(id)).toMatchObject({ state: 'corrected', version: 2 });
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['corrected']);
  const log = await service.query<{ kind: string; commitment: string }>(
    'select kind, commitment from log_entry where certificate_id = $1 order by sequence',
    [id],
  );
  expect(log.map(({ kind }) => kind)).toEqual([
    ...['issue', 'correction', 'suspension', 'reinstatement', 'suspension', 'reinstatement'],
  ]);
  expect(new Set(log.map(({ commitment }) => commitment)).size).toBe(6);
});

it('revokes a suspended certificate, and reinstates only what is suspended', async () => {
  const { id } = await aCertificate();
  const early = await ask(id, 'reinstatements', reinstatement);
  await desk.amended(id, 'suspensions');
  await desk.amended(id, 'revocations');

  expect(codesOf(early)).toEqual(['certificate-not-suspended']);
  expect(await found(id)).toMatchObject({ state: 'revoked', suspendedOn: null, revokedOn: '2026-03-02' });
  expect(codesOf(await ask(id, 'reinstatements', reinstatement))).toEqual(['certificate-revoked']);
});

it('suspends only until a day that is still to come', async () => {
  const { id } = await aCertificate();

  const answer = await ask(id, 'suspensions', { ...suspension, reviewOn: '2026-03-02' });
  const unreal = await ask(id, 'suspensions', { ...suspension, reviewOn: '2026-02-30' });

  expect(codesOf(answer)).toEqual(['review-in-past']);
  expect(unreal.status).toBe(400);
});

it('replaces: the one is revoked, another stands under a number of its own, and history ties them', async () => {
  const { id, batchId, registryNumber } = await aCertificate('王小明');
  await desk.amended(id, 'corrections', typo('王晓明'));
  service.clock.set('2026-05-06T09:00:00+08:00');

  const { body } = await desk.amended(id, 'replacements');

  const { certificateId: successor = '', registryNumber: number = '' } = body;
  expect(body).toEqual({ certificateId: successor, registryNumber: number, replacedCertificateId: id });
  expect([successor, number]).not.toContain(registryNumber);
  expect(await found(id)).toMatchObject({ state: 'revoked', revokedOn: '2026-05-06' });
  expect(await found(successor)).toMatchObject({
    ...{ state: 'valid', version: 1, replaces: id, awardedOn: '2026-05-06', registryNumber: number },
    ...{ approvedOn: '2026-03-02', certificateNumber: null, versions: [{ version: 1, correctedFields: [] }] },
  });
  const credential = (await desk.issuer().get(`/certificates/${successor}/credential`)).body;
  expect(credential.credentialSubject).toMatchObject({
    name: '王晓明',
    certificate: { registryNumber: number, awardDate: '2026-05-06', version: 1 },
  });
  const [old, made] = [
    (await desk.issuer().get(`/certificates/${id}/history`)).body,
    (await desk.issuer().get(`/certificates/${successor}/history`)).body,
  ];
  expect([old.replacedBy, made.replaces]).toEqual([successor, id]);
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['issued']);
  service.clock.set('2026-03-02T09:00:00+08:00');
});

it('announces a replacement as the end of the one, the issue of the other, and the tie between them', async () => {
  const { id, batchId, registryNumber } = await aCertificate();

  const { body } = await desk.amended(id, 'replacements');

  const about = { batchId, certificateId: id, registryNumber };
  expect(await desk.announced(CertificateRevoked.type, batchId)).toEqual([
    { ...about, revokedOn: '2026-03-02', reason: 'replaced' },
  ]);
  expect(await desk.announced(CertificatesIssued.type, batchId)).toMatchObject([
    {},
    {
      outstanding: 0,
      certificates: [{ certificateId: body['certificateId'], registryNumber: body['registryNumber'] }],
    },
  ]);
  expect(await desk.announced(CertificateReplaced.type, batchId)).toEqual([
    {
      ...{ ...about, replacedOn: '2026-03-02' },
      ...{ byCertificateId: body['certificateId'], byRegistryNumber: body['registryNumber'] },
    },
  ]);
  const { items } = (await desk.officer().get('/ledger/series')).body;
  expect(each(items).every(({ complete }) => complete)).toBe(true);
  const rows = (await desk.officer().get(`/batches/${batchId}/rows`)).body.items;
  expect(rows).toMatchObject([{ certificateId: body['certificateId'], registryNumber: body['registryNumber'] }]);
});

it('replaces once, however many approve at the same moment, and the successor again', async () => {
  const { id } = await aCertificate();
  const { body } = await ask(id, 'replacements', { reason: 'damaged', basis: '损毁' });

  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, i) => desk.approver(`${i}`).post(`/replacements/${body.replacementId}/approve`)),
  );
  const first = answers.find(({ status }) => status === 201)?.body.certificateId as string;
  const second = await desk.amended(first, 'replacements');

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422]);
  expect(await found(second.body['certificateId'] ?? '')).toMatchObject({ state: 'valid', replaces: first });
});

it('rejects with a reason and withdraws by whoever asked: the certificate stays, and may be asked for anew', async () => {
  const { id } = await aCertificate();
  const asked = await ask(id, 'corrections', typo('王晓明'));
  const rejected = await desk
    .approver()
    .post(`/amendments/${asked.body.correctionId}/reject`, { reason: '佐证不足，请补充' });
  const next = await ask(id, 'revocations', { reason: 'issued-in-error', basis: '误发' }, desk.preparer());
  const withdrawing = (caller = desk.officer()) => caller.post(`/amendments/${next.body.revocationId}/withdraw`);
  const notTheirs = await withdrawing();
  const foreign = await withdrawing(desk.preparer(desk.otherEi));
  const withdrawn = await withdrawing(desk.preparer());

  expect([rejected.status, rejected.body]).toEqual([201, { amendmentId: asked.body.correctionId, certificateId: id }]);
  expect([codesOf(notTheirs), foreign.status, withdrawn.status]).toEqual([['not-requester'], 404, 201]);
  const after = [
    await desk.approver().post(`/corrections/${asked.body.correctionId}/approve`),
    await withdrawing(desk.preparer()),
    await desk.approver().post(`/amendments/${next.body.revocationId}/reject`, { reason: '晚了' }),
  ];
  expect(after.map((answer) => codesOf(answer))).toEqual(Array(3).fill(['amendment-decided']));
  expect(await found(id)).toMatchObject({ state: 'valid', version: 1 });
  const { items } = (await desk.officer().get('/amendments', { certificateId: id, sort: '-requestedAt' })).body;
  expect(
    each(items)
      .map(({ state }) => state)
      .sort(),
  ).toEqual(['rejected', 'withdrawn']);
  const detail = (await desk.preparer().get(`/amendments/${asked.body.correctionId}`)).body;
  expect(detail).toMatchObject({ why: '佐证不足，请补充', status: { title: '已驳回', waitsFor: null } });
});

it('holds each kind of correction to what it may change, and to its evidence', async () => {
  const { id } = await aCertificate();
  const asked = (body: object) => ask(id, 'corrections', { reason: '核对证件', ...body });
  const evidenceSha256 = 'a'.repeat(64);

  const answers = [
    await asked({ kind: 'typo', changes: { level: '中级' } }),
    await asked({ kind: 'typo', changes: {} }),
    await asked({ kind: 'identity', changes: { holderName: '王晓明' } }),
    await asked({ kind: 'result', changes: { level: '中级' } }),
    await asked({ kind: 'identity', changes: { holderName: '王晓明' }, evidenceSha256 }),
  ];

  expect(answers.map((answer) => codesOf(answer))).toEqual([
    ['correction-field-fixed'],
    ['correction-changes-nothing'],
    ['evidence-missing'],
    ['result-needs-replacement'],
    [],
  ]);
  const { items } = (await desk.officer().get('/amendments', { certificateId: id })).body;
  expect(items).toMatchObject([{ kind: 'identity', evidenceSha256 }]);
});

it('takes no document number or phone into words that others read', async () => {
  const { id } = await aCertificate();

  const answer = await ask(id, 'revocations', { reason: 'issued-in-error', basis: '身份证 11010519491231002X 有误' });

  expect([answer.status, answer.body.faults[0].field]).toEqual([400, 'basis']);
});

it('gives a request the due day that the office has set', async () => {
  const { id } = await aCertificate();
  await service.hear(RuleRecorded, {
    ...{ ruleId: randomUUID(), rule: 'amendment-days', scope: 'programme', edition: null, level: null },
    ...{ value: { days: 10 }, from: '2026-01-01', to: null, document: '省厅设定', article: '二', confidence: 'I' },
  });

  await ask(id, 'corrections', typo('王晓明'));

  const { items } = (await desk.approver().get('/amendments', { dueBy: '2026-03-12' })).body;
  expect(items).toMatchObject([
    { certificateId: id, status: { waitsFor: 'department-approver', dueOn: '2026-03-12' } },
  ]);
});

it('leaves deciding to the department, and what is absent or foreign the same', async () => {
  const { id } = await aCertificate();
  const { body } = await ask(id, 'suspensions', suspension);
  const permissions = ['certificates:approve', 'certificates:amend', 'certificates:read'];
  const insider = service.as({ accountId: randomUUID(), permissions, reach: 'organisation', organisationId: desk.ei });

  const answers = [
    await insider.post(`/suspensions/${body.suspensionId}/approve`),
    await insider.post(`/amendments/${body.suspensionId}/reject`, { reason: '不同意' }),
    // A request of another act has another address.
    await desk.approver().post(`/revocations/${body.suspensionId}/approve`),
    await desk.approver().post(`/reinstatements/${randomUUID()}/approve`),
    await ask(id, 'replacements', { reason: 'lost', basis: '遗失' }, desk.preparer(desk.otherEi)),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
});

it('A38 lets nobody who is attached to the institution of a certificate decide on a request to amend it', async () => {
  const { id } = await aCertificate();
  const { correctionId } = (await ask(id, 'corrections', typo('王晓明'))).body;
  const accountId = desk.accountOf('attached');
  await service.hear(AttachmentDeclared, {
    ...{ attachmentId: randomUUID(), accountId, organisationId: desk.ei, from: '2026-01-01', to: null },
  });
  const path = `/corrections/${String(correctionId)}/approve`;

  const refused = await desk.approver('attached').post(path);

  expect([refused.status, codesOf(refused)]).toEqual([422, ['officer-attached']]);
  expect(await found(id)).toMatchObject({ version: 1 });
  expect((await desk.approver().post(path)).status).toBe(201);
});
