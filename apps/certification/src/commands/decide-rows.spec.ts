import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RowsDecided, RowsProposed } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { codesOf, Desk } from '../testing/desk.js';

const desk = new Desk();
beforeAll(() => desk.open());
afterAll(() => desk.close());

it('A37 confirms 480 of 500 and returns 20 with reasons; both are told, each row with what became of it', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(500) });
  const doubtful = (await desk.rowsOf(batchId)).filter((_, i) => i % 25 === 0);

  const except = doubtful.map(({ id }) => ({ rowId: id, reasons: ['identity-doubtful', 'document-missing'] }));
  const proposed = await desk.propose(batchId, { all: 'confirm', except });
  const decided = await desk.decide(batchId);

  expect([proposed.body, decided.body]).toEqual([{ proposed: 500 }, { confirmed: 480, returned: 20, undecided: 0 }]);
  const [event, ...more] = await desk.announced(RowsDecided.type, batchId);
  const told = event?.['rows'] as { rowId: string; decision: string; reasons: string[] }[];
  expect([more, event?.['undecided'], event?.['decidedOn'], told.length]).toEqual([[], 0, '2026-03-02', 500]);
  const returned = told.filter(({ decision }) => decision === 'returned');
  expect(returned.map(({ rowId }) => rowId).sort()).toEqual(doubtful.map(({ id }) => id).sort());
  expect(returned.every(({ reasons }) => reasons.join() === 'identity-doubtful,document-missing')).toBe(true);

  const seen = await desk.issuer().get(`/batches/${batchId}/rows`, { state: 'returned' });
  expect(seen.body).toMatchObject({ total: 20 });
  expect(seen.body.items[0]).toMatchObject({
    ...{ decision: 'returned', reasons: ['identity-doubtful', 'document-missing'], decidedOn: '2026-03-02' },
    ...{ firstReceivedOn: '2026-03-02', receivedOn: '2026-03-02', proposal: null },
  });
  const moved = await desk.issuer().get(`/batches/${batchId}/rows`, { state: 'confirmed' });
  expect(moved.body).toMatchObject({ total: 480 });
  expect(moved.body.items[0]).toMatchObject({
    ...{ decision: 'confirmed', reasons: [], decidedOn: '2026-03-02', receivedOn: '2026-03-02' },
  });
});

it('tells of more than 500 rows in several events, and only the last says that nothing is left', async () => {
  const sessionId = randomUUID();
  const { batchId } = await desk.receive({ sessionId, rows: desk.rows(500), more: true });
  await desk.receive({ sessionId, rows: desk.rows(30) });
  await desk.receive({ sessionId, part: 2, rows: desk.rows(1) });

  await desk.propose(batchId);
  const { body } = await desk.decide(batchId);

  expect(body).toEqual({ confirmed: 531, returned: 0, undecided: 0 });
  const events = await desk.announced(RowsDecided.type, batchId);
  expect(events.map(({ part, undecided, rows }) => [part, undecided, (rows as object[]).length])).toEqual([
    [1, 30, 500],
    [1, 0, 30],
    [2, 0, 1],
  ]);
});

it('counts what of each part is still undecided', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(3) });
  const [first, second] = await desk.rowsOf(batchId);
  await desk.propose(batchId, {
    rows: [
      { rowId: first?.id, proposal: 'confirm' },
      { rowId: second?.id, proposal: 'confirm' },
    ],
  });

  const { body } = await desk.decide(batchId);

  expect(body).toEqual({ confirmed: 2, returned: 0, undecided: 1 });
  expect(await desk.announced(RowsDecided.type, batchId)).toMatchObject([{ part: 1, undecided: 1 }]);
});

it('tells with each proposal how many rows of the part nobody has said anything about', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(3) });
  const [first] = await desk.rowsOf(batchId);
  await desk.propose(batchId, { rows: [{ rowId: first?.id, proposal: 'confirm' }] });
  await desk.propose(batchId, { all: 'confirm' });

  expect(await desk.announced(RowsProposed.type, batchId)).toMatchObject([
    { part: 1, unproposed: 2 },
    { part: 1, unproposed: 0 },
  ]);
});

it('lets nobody decide what they proposed themselves, and leaves nothing', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(2) });
  await desk.approver().post(`/batches/${batchId}/proposals`, { all: 'confirm' });

  const own = await desk.approver().post(`/batches/${batchId}/decisions`, { asProposed: true });

  expect([own.status, codesOf(own), own.body.rows.length]).toEqual([422, ['same-person'], 2]);
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['proposed', 'proposed']);
  expect(await desk.announced(RowsDecided.type, batchId)).toEqual([]);
  const other = await desk.approver('another').post(`/batches/${batchId}/decisions`, { asProposed: true });
  expect(other.body).toEqual({ confirmed: 2, returned: 0, undecided: 0 });
});

it('goes by the last proposal: whoever made it cannot decide', async () => {
  const { batchId } = await desk.receive();
  await desk.propose(batchId);
  const [row] = await desk.rowsOf(batchId);
  const change = { rows: [{ rowId: row?.id, proposal: 'return', reasons: ['hours-missing'] }] };
  await desk.approver('another').post(`/batches/${batchId}/proposals`, change);

  const own = await desk.approver('another').post(`/batches/${batchId}/decisions`, { asProposed: true });
  const { body } = await desk.decide(batchId);

  expect([codesOf(own), body.returned]).toEqual([['same-person'], 1]);
});

it('decides each row once, however many decide at the same moment', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(20) });
  await desk.propose(batchId);
  const [row] = await desk.rowsOf(batchId);
  const either = (i: number) =>
    i % 2 === 0
      ? { asProposed: true }
      : { rows: [{ rowId: row?.id, decision: 'return', reasons: ['result-doubtful'] }] };

  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      desk.approver(`approver ${i}`).post(`/batches/${batchId}/decisions`, either(i)),
    ),
  );

  const told = await desk.announced(RowsDecided.type, batchId);
  const rows = told.flatMap((event) => event['rows'] as { rowId: string }[]).map(({ rowId }) => rowId);
  expect(new Set(rows).size).toBe(rows.length);
  const refused = answers.filter(({ status }) => status === 422).flatMap((answer) => codesOf(answer));
  expect(new Set(refused)).toEqual(
    new Set(['row-decided', 'nothing-proposed'].filter((code) => refused.includes(code))),
  );
  expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(2);
});

it('names every rule that every row breaks, and decides none of them', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(5) });
  const [a, b, c, d, e] = (await desk.rowsOf(batchId)).map(({ id }) => id);
  const stranger = randomUUID();
  const confirm = (rowId: string | undefined) => ({ rowId, proposal: 'confirm' });
  await desk.propose(batchId, { rows: [confirm(a), confirm(c), confirm(d), confirm(e)] });
  await desk.decide(batchId, { rows: [{ rowId: a, decision: 'confirm' }] });

  const { status, body } = await desk.decide(batchId, {
    rows: [
      { rowId: a, decision: 'confirm' },
      { rowId: b, decision: 'confirm' },
      { rowId: c, decision: 'return', reasons: [] },
      { rowId: d, decision: 'return', reasons: ['do-not-like'] },
      { rowId: e, decision: 'confirm' },
      { rowId: e, decision: 'confirm' },
      { rowId: stranger, decision: 'confirm' },
    ],
  });

  expect(status).toBe(422);
  const faults = body.rows as { reference: string; rule: string }[];
  expect(faults.map(({ reference, rule }) => [reference, rule])).toEqual([
    [a, 'row-decided'],
    [b, 'not-proposed'],
    [c, 'reason-missing'],
    [d, 'reason-unknown'],
    [e, 'row-repeated'],
    [stranger, 'row-unknown'],
  ]);
  expect((await desk.rowsOf(batchId, 'proposed')).length).toBe(3);
});

it('refuses proposals that are none, and decisions before there is one', async () => {
  const { batchId } = await desk.receive();

  const early = await desk.decide(batchId);
  const without = await desk.propose(batchId, {
    rows: [{ rowId: (await desk.rowsOf(batchId))[0]?.id, proposal: 'return', reasons: [] }],
  });
  const both = await desk.propose(batchId, { all: 'confirm', rows: [{ rowId: randomUUID(), proposal: 'confirm' }] });
  await desk.propose(batchId);
  const again = await desk.propose(batchId);

  expect([codesOf(early), codesOf(without), codesOf(again)]).toEqual([
    ['nothing-proposed'],
    ['reason-missing'],
    ['nothing-to-propose'],
  ]);
  expect(both.status).toBe(400);
});

it('does not let a row of an incomplete part be judged', async () => {
  const { batchId } = await desk.receive({ more: true });
  const [row] = await desk.rowsOf(batchId);

  const answer = await desk.propose(batchId, { rows: [{ rowId: row?.id, proposal: 'confirm' }] });

  expect(codesOf(answer)).toEqual(['part-incomplete']);
});

it('answers a repeated decision with its first receipt', async () => {
  const { batchId } = await desk.receive();
  await desk.propose(batchId);
  const once = () =>
    desk.approver().post(`/batches/${batchId}/decisions`, { asProposed: true }, { key: `decide-${batchId}` });

  const [first, second] = [await once(), await once()];

  expect([second.status, second.body]).toEqual([201, first.body]);
  expect(await desk.announced(RowsDecided.type, batchId)).toHaveLength(1);
});

it('is the department’s alone, whatever permission somebody else was given', async () => {
  const { batchId } = await desk.receive();
  const permissions = ['batches:propose', 'batches:confirm', 'packages:send'];
  const insider = desk.service.as({ permissions, reach: 'organisation', organisationId: desk.ei });

  const answers = [
    await insider.post(`/batches/${batchId}/proposals`, { all: 'confirm' }),
    await insider.post(`/batches/${batchId}/decisions`, { asProposed: true }),
    await insider.post(`/batches/${batchId}/packages`),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});

it('is held by the database: a decided row cannot be decided again nor taken back', async () => {
  const { batchId } = await desk.receive();
  await desk.propose(batchId);
  await desk.decide(batchId);
  const change = (statement: string) => desk.service.query(statement, [batchId]);

  await expect(change(`update batch_row set state = 'proposed' where batch_id = $1`)).rejects.toThrow(
    'does not go from',
  );
  await expect(change(`update batch_row set state = 'issued' where batch_id = $1`)).rejects.toThrow('does not go from');
  await expect(
    change(`delete from decision where row_id in (select id from batch_row where batch_id = $1)`),
  ).rejects.toThrow('is history');
  await expect(
    change(`insert into decision select row_id, organisation_id, decision, reasons, proposed_by, decided_by, decided_on, decided_at
            from decision where row_id in (select id from batch_row where batch_id = $1)`),
  ).rejects.toThrow('decision_pkey');
});

it('keeps the same table of states as the code', async () => {
  const { rowActs } = await import('../domain/row-states.js');
  const ours = Object.values(rowActs).flatMap(({ from, to }) =>
    from.filter((was) => was !== to).map((was) => `${was} → ${to}`),
  );

  const theirs = await desk.service.query<{ step: string }>(
    `select was || ' → ' || becomes as step from row_transition`,
  );

  expect(theirs.map(({ step }) => step).sort()).toEqual([...ours].sort());
});
