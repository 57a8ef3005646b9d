import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BatchReceived, ResultReportFiled } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { Desk } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

it('makes a batch of a report and announces its receipt with the day of filing', async () => {
  const { batchId, sessionId } = await desk.receive({ rows: desk.rows(3), filedOn: '2026-02-27' });

  expect(await desk.announced(BatchReceived.type, batchId)).toEqual([
    expect.objectContaining({
      batchId,
      sessionId,
      part: 1,
      rows: 3,
      receivedOn: '2026-02-27',
      organisationId: desk.ei,
    }),
  ]);
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['received', 'received', 'received']);
});

it('takes a part as received when its last event is here, not before', async () => {
  const sessionId = randomUUID();
  const { batchId } = await desk.receive({ sessionId, rows: desk.rows(2), more: true });
  expect(await desk.announced(BatchReceived.type, batchId)).toEqual([]);
  const early = await desk.propose(batchId);

  await desk.receive({ sessionId, rows: desk.rows(2) });

  expect(early.body).toMatchObject({ code: 'nothing-to-propose' });
  expect(await desk.announced(BatchReceived.type, batchId)).toMatchObject([{ part: 1, rows: 4 }]);
  expect((await desk.propose(batchId)).body).toEqual({ proposed: 4 });
});

it('takes several reports at once, each row to its own part', async () => {
  const sessionId = randomUUID();
  const [first, ...later] = [
    desk.report({ sessionId, rows: desk.rows(2), more: true }),
    desk.report({ sessionId, rows: desk.rows(1) }),
    desk.report({ sessionId, part: 2, rows: desk.rows(1) }),
    desk.report({ sessionId, part: 3, rows: [] }),
  ].map((report) => service.message(ResultReportFiled, report));

  // What comes before its turn is held, and then applied as one set.
  await service.deliver(later);
  await service.deliver(first ? [first] : []);
  const parts = () =>
    service.query<{ part: number; rows: number }>(
      `select part, (select count(*)::int from batch_row as row where row.batch_id = batch_part.batch_id and row.part = batch_part.part) as rows
       from batch_part join batch on id = batch_id where session_id = $1 and received_on is not null order by part`,
      [sessionId],
    );
  for (let i = 0; i < 50 && (await parts()).length < 3; i++) await new Promise((done) => setTimeout(done, 100));

  expect(await parts()).toEqual([
    { part: 1, rows: 3 },
    { part: 2, rows: 1 },
    { part: 3, rows: 0 },
  ]);
});

it('takes a result that is under way once, and one that was returned again, with the day it was received first', async () => {
  const sessionId = randomUUID();
  const row = desk.row();
  const { batchId } = await desk.receive({ sessionId, rows: [row], filedOn: '2026-02-20' });
  await desk.receive({ sessionId, part: 2, rows: [row], filedOn: '2026-02-23' });
  const meanwhile = await desk.rowsOf(batchId);
  const [first] = meanwhile;
  await desk.propose(batchId, { rows: [{ rowId: first?.id, proposal: 'return', reasons: ['document-missing'] }] });
  await desk.decide(batchId);

  await desk.receive({ sessionId, part: 3, rows: [row], filedOn: '2026-03-01' });

  expect(meanwhile).toHaveLength(1);
  const days = await service.query(
    `select part, state, first_received_on as day from batch_row where batch_id = $1 order by part`,
    [batchId],
  );
  expect(days).toEqual([
    { part: 1, state: 'returned', day: '2026-02-20' },
    { part: 3, state: 'received', day: '2026-02-20' },
  ]);
});

it('takes nothing twice when everything is told again', async () => {
  const sessionId = randomUUID();
  const message = service.message(ResultReportFiled, desk.report({ sessionId, rows: desk.rows(3) }));
  await service.deliver([message]);
  const [batch] = await service.query<{ id: string }>('select id from batch where session_id = $1', [sessionId]);
  const batchId = batch?.id ?? '';
  const [row] = await desk.rowsOf(batchId);
  await desk.propose(batchId, { all: 'confirm', except: [{ rowId: row?.id, reasons: ['hours-missing'] }] });
  await desk.decide(batchId);
  const before = await desk.rowsOf(batchId);

  await service.query('delete from cursor where aggregate = $1', [sessionId]);
  await service.deliver([message]);

  expect(await desk.rowsOf(batchId)).toEqual(before);
  expect(await desk.announced(BatchReceived.type, batchId)).toHaveLength(1);
});

it('keeps names and numbers sealed, and shows them masked', async () => {
  const { batchId } = await desk.receive({ rows: [desk.row({ name: '欧阳小明' })] });

  const stored = await service.query('select row_to_json(batch_row)::text as row from batch_row where batch_id = $1', [
    batchId,
  ]);
  expect(stored[0]?.['row']).not.toMatch(/欧阳小明|11010519491231002X/);
  const { body } = await desk.officer().get(`/batches/${batchId}/rows`);
  expect(body.items).toMatchObject([{ maskedName: '欧阳**', maskedNumber: '110105********002X', theory: 80.5 }]);
  expect(JSON.stringify(body)).not.toMatch(/欧阳小明|11010519491231002X/);
});

it('shows the queue with the working days that are left, and forgets nothing on a holiday', async () => {
  const { batchId, sessionId } = await desk.receive({ filedOn: '2026-02-27' });

  const { body } = await desk.officer().get('/batches', { sessionId });
  service.clock.set('2026-03-17T09:00:00+08:00');
  const late = await desk.officer().get(`/batches/${batchId}`);
  service.clock.set('2026-03-02T09:00:00+08:00');

  // 28 February is a make-up working day of the Spring Festival: it counts.
  const due = { receivedOn: '2026-02-27', dueOn: '2026-03-12', daysLeft: 8, overdue: false, provisional: false };
  expect(body.items).toMatchObject([{ id: batchId, rows: 1, counts: { received: 1 }, due }]);
  expect(late.body.parts).toMatchObject([{ part: 1, undecided: 1, due: { overdue: true, daysLeft: -3 } }]);
  await desk.propose(batchId);
  await desk.decide(batchId);
  expect((await desk.officer().get(`/batches/${batchId}`)).body).toMatchObject({ due: null, parts: [{ due: null }] });
});

it('shows an evaluation institution its own batches and nobody else’s', async () => {
  const { batchId, sessionId } = await desk.receive();

  expect((await desk.issuer().get('/batches', { sessionId })).body.total).toBe(1);
  expect((await desk.issuer(desk.otherEi).get('/batches', { sessionId })).body.total).toBe(0);
  const foreign = await desk.issuer(desk.otherEi).get(`/batches/${batchId}`);
  const absent = await desk.issuer(desk.otherEi).get(`/batches/${randomUUID()}`);
  expect([foreign.status, foreign.body.code]).toEqual([404, absent.body.code]);
  expect((await desk.issuer(desk.otherEi).get(`/batches/${batchId}/rows`)).status).toBe(404);
});
