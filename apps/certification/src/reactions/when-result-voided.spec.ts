import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  BatchReceived,
  CertificatesIssued,
  ResultHoldChanged,
  ResultReportFiled,
  ResultVoided,
  RowsDecided,
  RowsRemoved,
} from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { codesOf, Desk, each } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const voided = (sessionId: string, resultId: string | undefined) => ({
  ...{ sessionId, organisationId: desk.ei, resultId: resultId ?? '', applicationId: randomUUID() },
  ...{ personId: randomUUID(), reason: 'recorded-wrongly', voidedOn: '2026-03-02' },
});
const hold = (sessionId: string, resultId: string | undefined, held: boolean) => ({
  ...{ sessionId, organisationId: desk.ei, resultId: resultId ?? '', held, changedOn: '2026-03-02' },
});
const batchOf = async (batchId: string) => (await desk.officer().get(`/batches/${batchId}`)).body;

it('A36 takes a voided result out of its part before it is decided: counts change, history keeps the row', async () => {
  const { batchId, sessionId } = await desk.receive({ rows: desk.rows(3) });
  const [first] = await desk.rowsOf(batchId);

  await service.hear(ResultVoided, voided(sessionId, first?.result_id));

  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['removed', 'received', 'received']);
  expect(await batchOf(batchId)).toMatchObject({
    ...{ rows: 2, counts: { removed: 1, received: 2 } },
    parts: [{ part: 1, rows: 2, removed: 1, undecided: 2, passed: 3 }],
  });
  expect(await desk.announced(RowsRemoved.type, batchId)).toEqual([
    {
      ...{ batchId, part: 1, sessionId, organisationId: desk.ei, removedOn: '2026-03-02', undecided: 2, unproposed: 2 },
      rows: [{ rowId: first?.id, resultId: first?.result_id }],
    },
  ]);
  const [shown] = (await desk.officer().get(`/batches/${batchId}/rows`)).body.items;
  expect(shown).toMatchObject({
    ...{ state: 'removed', resultVoidedOn: '2026-03-02', resultVoidReason: 'recorded-wrongly' },
  });
  const late = await desk.propose(batchId, { rows: [{ rowId: first?.id, proposal: 'confirm' }] });
  expect(each(late.body.rows).map(({ rule }) => rule)).toEqual(['row-decided']);
});

it('A36 says with the last voided row of a part that nothing of it is left', async () => {
  const { batchId, sessionId } = await desk.receive({ rows: desk.rows(2) });
  const [first, second] = await desk.rowsOf(batchId);
  await desk.propose(batchId);

  await service.deliver([first, second].map((row) => service.message(ResultVoided, voided(sessionId, row?.result_id))));

  const told = await desk.announced(RowsRemoved.type, batchId);
  expect(told.map((event) => event['undecided'])).toEqual([1, 0]);
  expect((await batchOf(batchId)).due).toBeNull();
});

it('removes nothing twice when everything is told again', async () => {
  const report = desk.report();
  const { sessionId } = report;
  const reported = service.message(ResultReportFiled, report);
  await service.deliver([reported]);
  const [batch] = await service.query<{ id: string }>('select id from batch where session_id = $1', [sessionId]);
  const message = service.message(ResultVoided, voided(sessionId, report.rows[0]?.resultId));
  await service.deliver([message]);

  await service.query('delete from cursor where aggregate = $1', [sessionId]);
  await service.query('delete from voided_result where session_id = $1', [sessionId]);
  await service.deliver([reported, message]);

  expect(await desk.announced(RowsRemoved.type, batch?.id ?? '')).toHaveLength(1);
  expect(await service.query('select reason from voided_result where session_id = $1', [sessionId])).toEqual([
    { reason: 'recorded-wrongly' },
  ]);
});

it('removes a row undecided, or withholds it decided, when both happen at the same moment', async () => {
  const { batchId, sessionId } = await desk.receive({ rows: desk.rows(4) });
  await desk.propose(batchId);
  const rows = await desk.rowsOf(batchId);

  await Promise.all([
    desk.decide(batchId),
    service.deliver(rows.map((row) => service.message(ResultVoided, voided(sessionId, row.result_id)))),
  ]);

  const decided = (await desk.announced(RowsDecided.type, batchId)).flatMap((event) => event['rows'] as object[]);
  const removed = (await desk.announced(RowsRemoved.type, batchId)).flatMap((event) => event['rows'] as object[]);
  const states = (await desk.rowsOf(batchId)).map(({ state }) => state);
  expect(removed).toHaveLength(4);
  expect(states.filter((state) => state === 'withheld')).toHaveLength(decided.length);
  expect(states.filter((state) => state === 'removed')).toHaveLength(4 - decided.length);
});

it('result-held: confirms no row against whose result an objection stands, but may return it', async () => {
  const { batchId, sessionId } = await desk.receive({ rows: desk.rows(2) });
  const [first, second] = await desk.rowsOf(batchId);
  await desk.propose(batchId);
  await service.hear(ResultHoldChanged, hold(sessionId, first?.result_id, true));

  const held = await desk.decide(batchId);
  const { items } = (await desk.officer().get(`/batches/${batchId}/rows`)).body;
  const other = await desk.decide(batchId, { rows: [{ rowId: second?.id, decision: 'confirm' }] });

  expect([held.status, codesOf(held), held.body.rows]).toEqual([
    422,
    ['result-held'],
    [{ reference: first?.id, rule: 'result-held', advice: expect.any(String) }],
  ]);
  expect(each(items).map(({ held }) => held)).toEqual([true, false]);
  expect(other.body).toMatchObject({ confirmed: 1, undecided: 1 });
  await service.hear(ResultHoldChanged, hold(sessionId, first?.result_id, false));
  expect((await desk.decide(batchId)).body).toMatchObject({ confirmed: 1, undecided: 0 });
});

it('A25 ties a row that comes back to its first one: first day kept, part and due day of its own', async () => {
  const sessionId = randomUUID();
  const row = desk.row();
  const { batchId } = await desk.receive({ sessionId, rows: [row, ...desk.rows(1)], filedOn: '2026-02-24' });
  const [first] = await desk.rowsOf(batchId);
  await desk.propose(batchId, { all: 'confirm', except: [{ rowId: first?.id, reasons: ['document-missing'] }] });
  await desk.decide(batchId);

  await desk.receive({ sessionId, part: 2, rows: [row], filedOn: '2026-03-02' });

  const { items } = (await desk.officer().get(`/batches/${batchId}/rows`, { part: 2 })).body;
  expect(items).toMatchObject([
    { part: 2, firstRowId: first?.id, firstReceivedOn: '2026-02-24', receivedOn: '2026-03-02', state: 'received' },
  ]);
  expect((await batchOf(batchId)).parts).toMatchObject([
    { part: 1, undecided: 0, cameBack: 0, due: null },
    { part: 2, undecided: 1, cameBack: 1, due: { receivedOn: '2026-03-02', dueOn: '2026-03-16' } },
  ]);
  expect((await desk.announced(BatchReceived.type, batchId)).map((event) => event['receivedOn'])).toEqual([
    '2026-02-24',
    '2026-03-02',
  ]);
});

it.each(['confirmed', 'sent', 'approved'] as const)(
  'A36 never issues a row whose result was voided while it was %s, shows it to the department, and closes the batch',
  async (state) => {
    const made = { confirmed: confirmed, sent: desk.sent.bind(desk), approved: desk.approved.bind(desk) };
    const { batchId, sessionId, ...rest } = await made[state]({ rows: desk.rows(2) });
    const [first] = await desk.rowsOf(batchId);

    await service.hear(ResultVoided, voided(sessionId, first?.result_id));
    const packageId = 'packageId' in rest ? String(rest.packageId) : undefined;
    if (state === 'confirmed') {
      const { body } = await desk.send(batchId);
      await desk.reply(String(body['packageId']), await desk.replyFile(batchId));
    } else if (state === 'sent') await desk.reply(packageId ?? '', await desk.replyFile(batchId));
    const issued = await desk.issue(batchId);
    await desk.runTimers();

    expect(issued.body).toMatchObject({ allocated: 1, held: 0 });
    expect((await desk.rowsOf(batchId)).map((row) => row.state)).toEqual(['withheld', 'issued']);
    const { items } = (await desk.officer().get(`/batches/${batchId}/rows`, { state: 'withheld' })).body;
    expect(items).toMatchObject([{ id: first?.id, resultVoidReason: 'recorded-wrongly' }]);
    expect((await batchOf(batchId)).status).toMatchObject({ state: 'finished' });
    expect(await desk.announced(RowsRemoved.type, batchId)).toMatchObject([
      { undecided: 0, rows: [{ rowId: first?.id, ...(state === 'confirmed' ? { unsent: true } : {}) }] },
    ]);
  },
);

it.each([
  ['was heard', (event: object) => service.hear(ResultVoided, event as ResultVoided)],
  [
    'was kept by a version that left allocated rows alone',
    ({ resultId, sessionId }: ReturnType<typeof voided>) =>
      service.query(`insert into voided_result values ($1, $2, $3, 'recorded-wrongly', '2026-03-02')`, [
        ...[resultId, sessionId, desk.ei],
      ]),
  ],
])('signs no number whose result was voided after it was allocated, and that %s', async (_, happen) => {
  const { batchId, sessionId } = await desk.approved({ rows: desk.rows(2) });
  const [first] = await desk.rowsOf(batchId);
  const { body: order } = await desk.issue(batchId);

  await happen(voided(sessionId, first?.result_id));
  await desk.runTimers();

  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['withheld', 'issued']);
  const { items } = (await desk.approver().get('/ledger', { batchId })).body;
  expect(each(items).map(({ state, voidReason }) => [state, voidReason])).toEqual([
    ['void', '成绩已作废'],
    ['used', null],
  ]);
  expect((await desk.issuer().get(`/issue-runs/${String(order['runId'])}`)).body).toMatchObject({
    ...{ allocated: 1, issued: 1, void: 1, state: 'done' },
  });
  expect(await desk.announced(RowsRemoved.type, batchId)).toMatchObject([{ rows: [{ rowId: first?.id }] }]);
  const issued = await desk.announced(CertificatesIssued.type, batchId);
  expect(issued).toMatchObject([
    { outstanding: 0, certificates: [{ rowId: expect.not.stringMatching(first?.id ?? '') }] },
  ]);
  expect((await batchOf(batchId)).status).toMatchObject({ state: 'finished' });
});

async function confirmed(options: object) {
  const received = await desk.receive(options);
  await desk.propose(received.batchId);
  await desk.decide(received.batchId);
  return received;
}
