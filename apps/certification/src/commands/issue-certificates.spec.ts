import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CertificatesIssued, PersonsMerged } from '@shuzheng/contracts';
import { parseRegistryNumber, publicKeyFromMultibase, sha256Hex, verifyCredential } from '@shuzheng/credentials';
import { randomUUID } from 'node:crypto';
import { codesOf, Desk, subject } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

interface Told {
  rowId: string;
  personId: string;
  registryNumber: string;
  statusIndex: number;
  name: string;
}
const toldOf = (events: Record<string, unknown>[]) => events.flatMap((event) => event['certificates'] as Told[]);

it('issues in two steps: numbers at once, certificates as soon as they are signed', async () => {
  const row = desk.row({ name: '李一鸣', certificateNumber: 'HY-2026-0001' });
  const { batchId } = await desk.approved({ rows: [row, ...desk.rows(2)] });

  const { status, body } = await desk.issue(batchId);
  await desk.runTimers();

  expect([status, body]).toEqual([201, { runId: expect.any(String), allocated: 3, held: 0 }]);
  const run = await desk.issuer().get(`/issue-runs/${String(body['runId'])}`);
  expect(run.body).toMatchObject({
    allocated: 3,
    issued: 3,
    void: 0,
    state: 'done',
    held: [],
    awardedOn: '2026-03-02',
  });
  const [event] = await desk.announced(CertificatesIssued.type, batchId);
  expect(event).toMatchObject({
    ...{ organisationName: '海右评价中心', occupationName: '智能制造工程技术人员', subject, outstanding: 0 },
    ...{ examOn: '2026-02-10', approvedOn: '2026-03-02', awardedOn: '2026-03-02' },
  });
  const first = toldOf([event ?? {}]).find(({ personId }) => personId === row.personId);
  expect(first).toMatchObject({
    name: '李一鸣',
    nameIndex: row.nameIndex,
    maskedName: '李**',
    certificateNumber: 'HY-2026-0001',
  });
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['issued', 'issued', 'issued']);
});

it('gives every certificate a number that checks, a check code, and a credential that verifies', async () => {
  const { certificates, batchId } = await desk.issued({ rows: [desk.row({ name: '张三丰' })] });
  const id = certificates[0]?.id ?? '';

  const code = (await desk.issuer().get(`/certificates/${id}/check-code`)).body;
  const credential = (await desk.issuer().get(`/certificates/${id}/credential`)).body;
  const { items: keys } = (await service.stranger.get('/keys')).body;

  expect(parseRegistryNumber(code.registryNumber)).toMatchObject({ ok: true, province: '37', year: 2026 });
  expect(code).toMatchObject({
    checkCode: expect.stringMatching(/^[0-9A-Z]{4}$/),
    verifyUrl: `http://127.0.0.1:3000/verify/${code.registryNumber}?code=${code.checkCode}`,
  });
  const [event] = await desk.announced(CertificatesIssued.type, batchId);
  expect(event?.['certificates']).toMatchObject([
    { checkDigest: sha256Hex(`${code.registryNumber}|${code.checkCode}`) },
  ]);
  const key = publicKeyFromMultibase(keys[0].keyId);
  expect(key && verifyCredential(credential, key).map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
  expect(credential.credentialSubject).toMatchObject({
    name: '张三丰',
    certificate: { registryNumber: code.registryNumber, level: '初级', awardDate: '2026-03-02', version: 1 },
  });
  expect(JSON.stringify(credential)).not.toContain('11010519491231002X');
  const read = await service.query('select detail from audit where subject = $1', [`certificate:${id}`]);
  expect(read).toEqual([{ detail: '{"opened":"credential","version":1}' }]);
});

it('never issues before the national approval is recorded', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(2) });
  const stages = [
    () => desk.issue(batchId),
    () => desk.propose(batchId).then(() => desk.issue(batchId)),
    () => desk.decide(batchId).then(() => desk.issue(batchId)),
    () => desk.send(batchId).then(() => desk.issue(batchId)),
  ];

  for (const stage of stages) expect(codesOf(await stage())).toEqual(['not-national-approved']);
  expect(await service.query('select 1 from ledger where batch_id = $1', [batchId])).toEqual([]);
  await expect(
    service.query(
      `insert into ledger (id, series, serial, registry_number, run_id, batch_id, row_id, reply_id, organisation_id, person_id,
         result_id, occupation_code, direction, level, status_list, status_index, approved_on, awarded_on, allocated_on, allocated_at)
       select gen_random_uuid(), 'x', 1, 'x', gen_random_uuid(), batch_id, id, gen_random_uuid(), organisation_id, person_id,
         result_id, 'x', 'x', 'x', 0, 0, '2026-03-02', '2026-03-02', '2026-03-02', now() from batch_row where batch_id = $1 limit 1`,
      [batchId],
    ),
  ).rejects.toThrow('foreign key');
});

it('A40 gives each person exactly one certificate and one number, however many start the issue at the same moment', async () => {
  const { batchId } = await desk.approved({ rows: desk.rows(30) });

  const answers = await Promise.all(Array.from({ length: 8 }, () => desk.issue(batchId)));
  await Promise.all([desk.runTimers(), desk.runTimers(), desk.runTimers()]);

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422, 422, 422]);
  const told = toldOf(await desk.announced(CertificatesIssued.type, batchId));
  expect(told).toHaveLength(30);
  for (const field of ['rowId', 'personId', 'registryNumber', 'statusIndex'] as const) {
    expect(new Set(told.map((one) => one[field])).size).toBe(30);
  }
  expect(await service.query('select count(*)::int as n from certificate where batch_id = $1', [batchId])).toEqual([
    { n: 30 },
  ]);
});

it('A40 answers the same key with the same run', async () => {
  const { batchId } = await desk.approved();
  const start = () => desk.issuer().post(`/batches/${batchId}/issue`, {}, { key: `issue-${batchId}` });

  const [first, second] = await Promise.all([start(), start()]);

  expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
});

it('numbers without a gap, and in the order of the rows, when eight batches are issued at the same moment', async () => {
  const batches = [];
  for (let i = 0; i < 8; i++) batches.push(await desk.approved({ rows: desk.rows(7) }));

  const answers = await Promise.all(batches.map(({ batchId }) => desk.issue(batchId)));
  await desk.runTimers();

  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
  const gaps = await service.query(
    `select series, count(*)::int as n, min(serial) as first, max(serial) as last, count(distinct status_list * 131072 + status_index)::int as places
     from ledger group by series`,
  );
  const [series] = gaps as { n: number; first: number; last: number; places: number }[];
  expect([series?.first, series?.last, series?.places]).toEqual([1, series?.n, series?.n]);
  for (const { batchId } of batches) {
    const serials = await service.query<{ serial: number }>(
      'select serial from ledger join batch_row on batch_row.id = row_id where ledger.batch_id = $1 order by number',
      [batchId],
    );
    const [first] = serials;
    expect(serials.map(({ serial }) => serial)).toEqual(serials.map((_, i) => (first?.serial ?? 0) + i));
  }
  const { items } = (await desk.officer().get('/ledger/series')).body;
  expect(items).toMatchObject([{ series: '37-2026', allocated: 0, complete: true }]);
});

it('back-dates nothing: the award date lies between the approval and today', async () => {
  const { batchId, packageId } = await desk.sent();
  service.clock.set('2026-03-09T09:00:00+08:00');
  await desk.reply(packageId, await desk.replyFile(batchId), { approvedOn: '2026-03-05' });

  const early = await desk.issue(batchId, { awardedOn: '2026-03-04' });
  const late = await desk.issue(batchId, { awardedOn: '2026-03-10' });
  const noDay = await desk.issue(batchId, { awardedOn: '2026-02-30' });
  const right = await desk.issue(batchId, { awardedOn: '2026-03-05' });
  service.clock.set('2026-03-02T09:00:00+08:00');

  expect([codesOf(early), codesOf(late), noDay.status, right.status]).toEqual([
    ['award-before-approval'],
    ['award-in-future'],
    400,
    201,
  ]);
});

it('shows an evaluation institution nothing of another one’s, and lets it issue nothing', async () => {
  const { batchId, certificates } = await desk.issued();
  const waiting = await desk.approved();
  const other = desk.issuer(desk.otherEi);
  const id = certificates[0]?.id ?? '';
  const [run] = await service.query<{ id: string }>('select id from issue_run where batch_id = $1', [batchId]);

  const answers = [
    await desk.issue(waiting.batchId, {}, desk.otherEi),
    await other.get(`/issue-runs/${run?.id}`),
    await other.get(`/certificates/${id}`),
    await other.get(`/certificates/${id}/credential`),
    await other.get(`/certificates/${id}/check-code`),
    await other.post(`/certificates/${id}/revocations`, { reason: 'issued-in-error', basis: '试探' }),
    await desk.service
      .as({ reach: 'province', permissions: ['certificates:issue'] })
      .post(`/batches/${waiting.batchId}/issue`),
  ];

  expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(404));
  expect((await other.get('/certificates', { batchId })).body.total).toBe(0);
  expect((await desk.issuer().get('/certificates', { batchId })).body.total).toBe(1);
  expect((await desk.officer().get('/certificates', { batchId })).body.total).toBe(1);
});

it('holds back whoever has a certificate of this kind, also from another institution, and says so', async () => {
  const person = desk.row();
  const again = () => desk.row({ personId: person.personId });
  await desk.issued({ rows: [person], organisationId: desk.otherEi });
  const { batchId } = await desk.approved({ rows: [again(), ...desk.rows(1)] });
  const alone = await desk.approved({ rows: [again()] });

  const { body } = await desk.issue(batchId);
  await desk.runTimers();
  const refused = await desk.issue(alone.batchId);

  expect(body).toMatchObject({ allocated: 1, held: 1 });
  const run = await desk.issuer().get(`/issue-runs/${String(body['runId'])}`);
  const [held] = await desk.rowsOf(batchId, 'approved');
  expect(run.body.held).toEqual([{ rowId: held?.id, registryRow: held?.registry_row, reason: 'certificate-exists' }]);
  expect(await desk.announced(CertificatesIssued.type, batchId)).toMatchObject([{ outstanding: 1 }]);
  expect([refused.status, codesOf(refused), refused.body.rows?.length]).toEqual([422, ['certificate-exists'], 1]);
});

it('gives one of two parallel issues the person both would certify', async () => {
  const personId = randomUUID();
  const both = [
    await desk.approved({ rows: [desk.row({ personId })] }),
    await desk.approved({ rows: [desk.row({ personId })] }),
  ];

  const answers = await Promise.all(both.map(({ batchId }) => desk.issue(batchId)));
  await desk.runTimers();

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(await service.query('select count(*)::int as n from certificate where person_id = $1', [personId])).toEqual([
    { n: 1 },
  ]);
});

it('takes an issuer’s certificate number once', async () => {
  const rows = [desk.row({ certificateNumber: 'HY-7' }), desk.row({ certificateNumber: 'HY-7' })];
  const { batchId } = await desk.approved({ rows });

  const { body } = await desk.issue(batchId);
  await desk.runTimers();
  const left = await desk.issue(batchId);

  expect([body['allocated'], body['held'], codesOf(left)]).toEqual([1, 1, ['certificate-number-taken']]);
});

it('waits for what it has not heard of the institution or the occupation yet', async () => {
  const unknown = randomUUID();
  await desk.enter(unknown);
  const { batchId } = await desk.approved({ organisationId: unknown });

  const { status, body } = await desk.issue(batchId, {}, unknown);

  expect([status, body.code]).toEqual([409, 'not-yet-known']);
  expect(await service.query('select 1 from ledger where batch_id = $1', [batchId])).toEqual([]);
});

it('prints the issuer’s own numbers given with the order before those that were reported, and refuses taken ones', async () => {
  const reported = desk.row({ certificateNumber: 'HY-2026-1001' });
  const { batchId } = await desk.approved({ rows: [reported, ...desk.rows(2)] });
  const [first, second, third] = await desk.rowsOf(batchId);
  const order = (...numbers: [string | undefined, string][]) => ({
    numbers: numbers.map(([rowId, number]) => ({ rowId: rowId ?? '', number })),
  });

  const wrong = await desk.issue(
    batchId,
    order([randomUUID(), 'HY-1'], [second?.id, 'HY-2'], [second?.id, 'HY-3'], [third?.id, 'HY-2']),
  );
  const right = await desk.issue(batchId, order([first?.id, 'HY-2026-2001'], [second?.id, 'HY-2026-2002']));
  await desk.runTimers();

  expect(wrong.body.rows?.map(({ rule }) => rule)).toEqual(['row-unknown', 'row-repeated', 'certificate-number-taken']);
  expect(right.status).toBe(201);
  const certificates = await service.query<{ number: string | null }>(
    'select certificate_number as number from certificate where batch_id = $1 order by registry_number',
    [batchId],
  );
  expect(certificates.map(({ number }) => number)).toEqual(['HY-2026-2001', 'HY-2026-2002', null]);
  const next = await desk.approved({ rows: desk.rows(1) });
  const [row] = await desk.rowsOf(next.batchId);
  const taken = await desk.issue(next.batchId, order([row?.id, 'HY-2026-2002']));
  expect(taken.body.rows?.map(({ rule }) => rule)).toEqual(['certificate-number-taken']);
  const foreign = await desk.approved({ organisationId: desk.otherEi });
  const [other] = await desk.rowsOf(foreign.batchId);
  expect((await desk.issue(foreign.batchId, order([other?.id, 'HY-2026-2002']), desk.otherEi)).status).toBe(201);
});

it('knows a person under every id the person has had', async () => {
  const [kept, merged, latest] = [randomUUID(), randomUUID(), randomUUID()];
  await desk.issued({ rows: [desk.row({ personId: merged })] });
  const mergedAt = '2026-03-01T08:00:00.000+08:00';
  await service.hear(PersonsMerged, { personId: kept, mergedPersonId: merged, mergedAt });
  await service.hear(PersonsMerged, { personId: latest, mergedPersonId: kept, mergedAt });
  const { batchId } = await desk.approved({ rows: [desk.row({ personId: kept })] });

  const { body } = await desk.issue(batchId);

  expect(body.rows?.map(({ rule }) => rule)).toEqual(['certificate-exists']);
  for (const personId of [kept, merged, latest]) {
    expect((await desk.officer().get('/certificates', { personId })).body.total).toBe(1);
  }
  expect(await service.query('select distinct person_id as id from person_alias')).toEqual([{ id: latest }]);
});
