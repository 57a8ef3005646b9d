import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CertificatesIssued, ResultVoided, RowsDecided } from '@shuzheng/contracts';
import { meeting, rounds } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { Desk, each } from './testing/desk.js';

const desk = new Desk();
beforeAll(() => desk.open());
afterAll(() => desk.close());

const { service } = desk;
const nth = Array.from({ length: rounds(3) }, (_, i) => i);

/** What two need to meet: the first thing both lock, or what only one of them may write. */
const barriers =
  (...locks: string[]) =>
  (round: number, id: string) => ({
    lock: (locks[round % locks.length] ?? '').replace('$id', id),
    waiting: 2,
  });

/** What the audit says was done to a thing by one operation. */
const audited = async (operation: string, subject: string) =>
  (await service.query('select 1 from audit where operation = $1 and subject = $2', [operation, subject])).length;

async function gapless() {
  const wrong = await service.query(
    `select series from ledger group by series
     having min(serial) <> 1 or max(serial) <> count(*) or count(distinct registry_number) <> count(*)
       or count(distinct (status_list, status_index)) <> count(*)`,
  );
  expect(wrong).toEqual([]);
}

it.each(nth)('two who confirm the same rows decide each of them once (round %i)', async (round) => {
  const { batchId } = await desk.receive({ rows: desk.rows(4) });
  await desk.propose(batchId);
  const barrier = barriers(
    `select 1 from batch where id = '$id' for update`,
    'lock table decision in exclusive mode',
    'lock table batch_row in exclusive mode',
  );
  const confirming = ['first approver', 'second approver'].map(
    (name) => () => desk.approver(name).post(`/batches/${batchId}/decisions`, { asProposed: true }),
  );

  const answers = await meeting(service, barrier(round, batchId), confirming);

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(Array(4).fill('confirmed'));
  const decisions = `select 1 from decision join batch_row on batch_row.id = row_id where batch_id = $1`;
  expect(await service.query(decisions, [batchId])).toHaveLength(4);
  const told = await desk.announced(RowsDecided.type, batchId);
  expect(told.flatMap(({ rows }) => each(rows))).toHaveLength(4);
  expect(await audited('certification.decide-rows', `batch:${batchId}`)).toBe(1);
});

it.each(nth)(
  'confirming against a result that is voided: the row is withheld or it is gone (round %i)',
  async (round) => {
    const { batchId, sessionId } = await desk.receive({ rows: desk.rows(2) });
    await desk.propose(batchId);
    const [first] = await desk.rowsOf(batchId);
    const voided = {
      ...{ resultId: first?.result_id ?? '', sessionId, organisationId: desk.ei, applicationId: randomUUID() },
      ...{ personId: first?.person_id ?? '', reason: 'score-mistake', voidedOn: '2026-03-02' },
    };
    const barrier = barriers(
      `select 1 from batch where id = '$id' for update`,
      'lock table batch_row in exclusive mode',
    );

    const [decided] = await meeting<unknown>(service, barrier(round, batchId), [
      () => desk.decide(batchId),
      () => service.hear(ResultVoided, voided),
    ]);

    const { status, body } = decided as { status: number; body: { confirmed?: number } };
    expect(status).toBe(201);
    const [struck, kept] = await desk.rowsOf(batchId);
    expect(kept?.state).toBe('confirmed');
    expect([2, 1]).toContain(body.confirmed);
    expect(struck?.state).toBe(body.confirmed === 2 ? 'withheld' : 'removed');
    const [doubt] = await service.query('select count(*)::int as n from voided_result where result_id = $1', [
      first?.result_id,
    ]);
    expect(doubt).toEqual({ n: 1 });
    // Decided or not, nobody gets a certificate for a result that is void.
    const { body: sent } = await desk.send(batchId);
    const packageId = String((sent as { packageId: string }).packageId);
    await desk.reply(packageId, await desk.replyFile(batchId));
    await desk.issue(batchId);
    await desk.runTimers();
    const issued = 'select 1 from certificate where result_id = $1';
    expect(await service.query(issued, [first?.result_id])).toEqual([]);
    expect(await service.query(issued, [kept?.result_id])).toHaveLength(1);
  },
);

it.each(nth)(
  'A40 two issue runs of one batch give each person one certificate and one number (round %i)',
  async (round) => {
    const { batchId } = await desk.approved({ rows: desk.rows(5) });
    const barrier = barriers(
      `select 1 from batch where id = '$id' for update`,
      'lock table ledger in exclusive mode',
      'lock table issue_run in exclusive mode',
      'lock table series in exclusive mode',
    );

    const answers = await meeting(service, barrier(round, batchId), [
      () => desk.issue(batchId),
      () => desk.issue(batchId),
    ]);
    await Promise.all([desk.runTimers(), desk.runTimers()]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    const told = (await desk.announced(CertificatesIssued.type, batchId)).flatMap(({ certificates }) =>
      each(certificates),
    );
    expect(new Set(told.map(({ personId }) => personId)).size).toBe(5);
    expect(told).toHaveLength(5);
    expect(await service.query('select 1 from certificate where batch_id = $1', [batchId])).toHaveLength(5);
    expect(await audited('certification.issue-certificates', `batch:${batchId}`)).toBe(1);
    await gapless();
  },
);

it.each(nth)('a revocation that two approve is approved once (round %i)', async (round) => {
  const { certificates } = await desk.issued();
  const id = certificates[0]?.id ?? '';
  const asked = await desk
    .officer()
    .post(`/certificates/${id}/revocations`, { reason: 'issued-in-error', basis: '误发' });
  const { revocationId } = asked.body as { revocationId: string };
  const barrier = barriers(
    `select 1 from certificate where id = '$id' for update`,
    'lock table amendment in exclusive mode',
    'lock table log_entry in exclusive mode',
  );
  const approving = ['first approver', 'second approver'].map(
    (name) => () => desk.approver(name).post(`/revocations/${revocationId}/approve`),
  );

  const answers = await meeting(service, barrier(round, id), approving);

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  const log = await service.query(`select kind from log_entry where certificate_id = $1 order by kind`, [id]);
  expect(log).toEqual([{ kind: 'issue' }, { kind: 'revocation' }]);
});

it.each(nth)('of a revocation and a suspension that are asked for at once, one waits (round %i)', async (round) => {
  const { certificates } = await desk.issued();
  const id = certificates[0]?.id ?? '';
  const barrier = barriers(
    `select 1 from certificate where id = '$id' for update`,
    'lock table amendment in exclusive mode',
  );

  const answers = await meeting(service, barrier(round, id), [
    () => desk.officer().post(`/certificates/${id}/revocations`, { reason: 'issued-in-error', basis: '误发' }),
    () =>
      desk.officer().post(`/certificates/${id}/suspensions`, {
        ...{ reason: 'under-investigation', basis: '核查通知', reviewOn: '2026-12-31' },
      }),
  ]);

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(await service.query(`select state from amendment where certificate_id = $1`, [id])).toEqual([
    { state: 'requested' },
  ]);
});
