import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  CertificatesIssued,
  DueDayExtended,
  NationalReplyRecorded,
  ResultVoided,
  ReturnsGivenUp,
  RowsGivenUp,
  RowsNationallyReturned,
  RuleRecorded,
  RuleWithdrawn,
} from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { codesOf, Desk, each } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

/** A batch of which the national office has returned the first row. */
async function returned(count = 3) {
  const sent = await desk.sent({ rows: desk.rows(count) });
  const bytes = await desk.replyFile(sent.batchId, (line, i) => (i === 0 ? { ...line, decision: '退回' } : line));
  await desk.reply(sent.packageId, bytes);
  const [row] = await desk.rowsOf(sent.batchId);
  return { ...sent, row, reported: sent.report.rows.find(({ resultId }) => resultId === row?.result_id) };
}

const giveUp = (rowId: string | undefined, caller = desk.preparer()) =>
  caller.post(`/rows/${rowId ?? ''}/give-up`, { reason: 'candidate-withdrew', basis: '本人书面说明' });
const statusOf = async (batchId: string) => (await desk.officer().get(`/batches/${batchId}`)).body.status;

it('A39 tells what was nationally returned, and issues nothing of the batch until it is resolved', async () => {
  const { batchId, sessionId, row } = await returned();

  const answer = await desk.issue(batchId);

  expect([answer.status, codesOf(answer)]).toEqual([422, ['national-return-open']]);
  expect(await desk.announced(RowsNationallyReturned.type, batchId)).toEqual([
    {
      ...{ replyId: expect.any(String), batchId, sessionId, organisationId: desk.ei, returnedOn: '2026-03-02' },
      rows: [{ rowId: row?.id, resultId: row?.result_id, personId: row?.person_id }],
    },
  ]);
  expect(await service.query('select 1 from ledger where batch_id = $1', [batchId])).toEqual([]);
  expect(await statusOf(batchId)).toMatchObject({ state: 'national-return', waitsFor: 'evaluation-preparer' });
  const open = await desk.issuer().get(`/batches/${batchId}/rows`, { nationalReturn: 'open' });
  expect(open.body.items).toMatchObject([{ id: row?.id, nationalReturnOpen: true }]);
});

it('A39 issues once the returned row has come back and was decided, but not before that', async () => {
  const { batchId, sessionId, reported } = await returned();
  await desk.receive({ sessionId, part: 2, rows: reported ? [reported] : [] });

  const before = await desk.issue(batchId);
  await desk.propose(batchId, { all: 'confirm' });
  await desk.decide(batchId);
  const after = await desk.issue(batchId);

  expect(codesOf(before)).toEqual(['national-return-open']);
  expect([after.status, after.body['allocated']]).toEqual([201, 2]);
});

it('A39 issues once the returned row was given up, with its reason, or its result is void', async () => {
  const [one, other] = [await returned(), await returned()];

  const { status, body } = await giveUp(one.row?.id);
  await service.hear(ResultVoided, {
    ...{ sessionId: other.sessionId, organisationId: desk.ei, resultId: other.row?.result_id ?? '' },
    ...{ applicationId: randomUUID(), personId: randomUUID(), reason: 'recorded-wrongly', voidedOn: '2026-03-02' },
  });

  expect([status, body]).toEqual([201, { rowId: one.row?.id }]);
  expect((await desk.issue(one.batchId)).status).toBe(201);
  expect((await desk.issue(other.batchId)).status).toBe(201);
  const { items } = (await desk.officer().get(`/batches/${one.batchId}/rows`)).body;
  expect(items[0]).toMatchObject({
    ...{ state: 'given-up', givenUpReason: 'candidate-withdrew', nationalReturnOpen: false },
  });
  const [stored] = await service.query<{ basis: string }>(
    'select basis_sealed as basis from row_given_up where row_id = $1',
    [one.row?.id],
  );
  expect(stored?.basis).toMatch(/^s1\./);
});

it('closes what the department returned and nobody reported again, and tells it', async () => {
  const { batchId, sessionId } = await desk.receive({ rows: desk.rows(1) });
  const [row] = await desk.rowsOf(batchId);
  await desk.propose(batchId, { all: 'confirm', except: [{ rowId: row?.id, reasons: ['document-missing'] }] });
  await desk.decide(batchId);
  expect(await statusOf(batchId)).toMatchObject({ state: 'department-return', waitsFor: 'evaluation-preparer' });

  const { status } = await giveUp(row?.id);

  expect(status).toBe(201);
  expect(await statusOf(batchId)).toMatchObject({ state: 'finished', waitsFor: null });
  expect(await desk.announced(RowsGivenUp.type, batchId)).toEqual([
    {
      ...{ batchId, part: 1, sessionId, organisationId: desk.ei, givenUpOn: '2026-03-02' },
      rows: [{ rowId: row?.id, resultId: row?.result_id }],
    },
  ]);
});

it.each(['department', 'national office'])(
  'closes what the %s returned when its institution answers in the exam service that it will not report it again',
  async (office) => {
    const sent = office === 'department' ? await desk.receive({ rows: desk.rows(2) }) : await returned(2);
    const { batchId, sessionId } = sent;
    const [row] = await desk.rowsOf(batchId);
    if (office === 'department') {
      await desk.propose(batchId, { all: 'confirm', except: [{ rowId: row?.id, reasons: ['document-missing'] }] });
      await desk.decide(batchId);
    }
    const answer = service.message(ReturnsGivenUp, {
      ...{ sessionId, organisationId: desk.ei, givenUpOn: '2026-03-02' },
      rows: [{ resultId: row?.result_id ?? '', part: 1 }],
    });

    await service.deliver([answer]);
    await service.query('delete from cursor where aggregate = $1', [sessionId]);
    await service.deliver([answer]);

    const { items } = (await desk.officer().get(`/batches/${batchId}/rows`)).body;
    expect(items[0]).toMatchObject({ state: 'given-up', givenUpReason: 'not-reported-again' });
    expect((await desk.officer().get(`/batches/${batchId}`)).body.counts).toMatchObject({ 'given-up': 1 });
    expect(await desk.announced(RowsGivenUp.type, batchId)).toEqual([
      {
        ...{ batchId, part: 1, sessionId, organisationId: desk.ei, givenUpOn: '2026-03-02' },
        rows: [{ rowId: row?.id, resultId: row?.result_id }],
      },
    ]);
    expect(codesOf(await giveUp(row?.id))).toEqual(['row-given-up']);
  },
);

it('leaves a row that was reported again before the answer was heard', async () => {
  const { batchId, sessionId, row, reported } = await returned();
  await desk.receive({ sessionId, part: 2, rows: reported ? [reported] : [] });

  await service.hear(ReturnsGivenUp, {
    ...{ sessionId, organisationId: desk.ei, givenUpOn: '2026-03-02' },
    rows: [{ resultId: row?.result_id ?? '', part: 1 }],
  });

  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual([
    ...['nationally-returned', 'approved', 'approved', 'received'],
  ]);
});

it('takes a row that was given up when it is reported again all the same', async () => {
  const { batchId, sessionId, row, reported } = await returned();
  await giveUp(row?.id);

  await desk.receive({ sessionId, part: 2, rows: reported ? [reported] : [] });

  expect((await desk.rowsOf(batchId, 'received')).map(({ result_id }) => result_id)).toEqual([row?.result_id]);
});

it('gives up only what was nationally returned and did not come back, once, and nothing of another institution', async () => {
  const { batchId, sessionId, row, reported } = await returned();
  const [, approved] = await desk.rowsOf(batchId);
  const second = await returned();
  await desk.receive({ sessionId, part: 2, rows: reported ? [reported] : [] });

  const answers = [
    await giveUp(approved?.id),
    await giveUp(row?.id),
    await giveUp(second.row?.id, desk.officer()),
    await giveUp(second.row?.id),
  ];
  const foreign = await giveUp(second.row?.id, desk.preparer(desk.otherEi));
  const absent = await giveUp(randomUUID());

  expect(answers.map((answer) => codesOf(answer))).toEqual([
    ['row-not-returned'],
    ['row-came-back'],
    [],
    ['row-given-up'],
  ]);
  expect([foreign.status, absent.status, foreign.body.code]).toEqual([404, 404, absent.body.code]);
});

it('lets the office lift the hold of a national return by a dated rule, which is its setting', async () => {
  const { batchId } = await returned();
  const ruleId = randomUUID();
  await service.hear(RuleRecorded, {
    ...{ ruleId, rule: 'national-return-blocks-issue', scope: 'programme', edition: null, level: null },
    ...{ value: { blocks: false }, from: '2026-01-01', to: null, document: '省厅设定', article: '一', confidence: 'I' },
  });

  const { status } = await desk.issue(batchId);
  await service.hear(RuleWithdrawn, {
    ...{ ruleId, rule: 'national-return-blocks-issue', scope: 'programme', withdrawnOn: '2026-03-01', reason: '改回' },
  });

  expect(status).toBe(201);
  expect(codesOf(await desk.issue((await returned()).batchId))).toEqual(['national-return-open']);
});

it('keeps the approval day of each row: every day has its own thirty days', async () => {
  const { batchId, packageId } = await desk.sent({ rows: desk.rows(3) });
  service.clock.set('2026-03-10T09:00:00+08:00');
  const days = ['2026-03-04', '', '2026-03-04'];
  const bytes = await desk.replyFile(batchId, (line, i) => ({ ...line, approvedOn: days[i] ?? '' }));

  const { status } = await desk.reply(packageId, bytes, { approvedOn: '2026-03-06', receivedOn: '2026-03-09' });
  const waiting = await statusOf(batchId);
  await desk.issue(batchId);
  await desk.runTimers();

  expect(status).toBe(201);
  expect(await desk.announced(NationalReplyRecorded.type, batchId)).toMatchObject([
    { approvedOn: '2026-03-04', approved: 2, returned: 0, receivedOn: '2026-03-09' },
    { approvedOn: '2026-03-06', approved: 1, returned: 0 },
  ]);
  expect(waiting).toMatchObject({ state: 'to-issue', waitsFor: 'evaluation-approver', dueOn: '2026-04-03' });
  const issued = await desk.announced(CertificatesIssued.type, batchId);
  expect(issued.map((event) => [event['approvedOn'], event['outstanding']])).toEqual([
    ['2026-03-04', 0],
    ['2026-03-06', 0],
  ]);
  const { items } = (await desk.officer().get(`/batches/${batchId}/rows`)).body;
  expect(each(items).map((row) => [row['approvedOn'], row['replyReceivedOn']])).toEqual([
    ['2026-03-04', '2026-03-09'],
    ['2026-03-06', '2026-03-09'],
    ['2026-03-04', '2026-03-09'],
  ]);
  service.clock.set('2026-03-02T09:00:00+08:00');
});

it('records a reply once, and names the lines of a later file that say something else', async () => {
  const { batchId, packageId } = await desk.sent({ rows: desk.rows(2) });
  const same = await desk.replyFile(batchId);
  const other = await desk.replyFile(batchId, (line, i) => (i === 0 ? { ...line, decision: '退回' } : line));
  await desk.reply(packageId, same);

  const [again, contradictory] = [await desk.reply(packageId, same), await desk.reply(packageId, other)];

  expect([codesOf(again), again.body.rows ?? []]).toEqual([['reply-recorded'], []]);
  expect(codesOf(contradictory)).toEqual(['reply-recorded']);
  expect(contradictory.body.rows).toEqual([
    { row: 2, column: '审核结果', rule: 'reply-row-contradicts-recorded', advice: expect.any(String) },
  ]);
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['approved', 'approved']);
});

it('says the day that the office has given instead of the statutory one', async () => {
  const { batchId } = await desk.receive();
  const extended = { subjectId: batchId, part: 1, organisationId: desk.ei, decidedOn: '2026-03-02' };
  await service.hear(DueDayExtended, { ...extended, kind: 'confirmation', effectiveDueOn: '2026-03-31' });
  const confirming = (await desk.officer().get(`/batches/${batchId}`)).body;
  await desk.propose(batchId);
  await desk.decide(batchId);
  const { body } = await desk.send(batchId);
  await desk.reply(String(body.packageId), await desk.replyFile(batchId));
  await service.hear(DueDayExtended, { ...extended, kind: 'issue', effectiveDueOn: '2026-05-01' });

  expect(confirming).toMatchObject({ due: { dueOn: '2026-03-31' }, parts: [{ due: { dueOn: '2026-03-31' } }] });
  expect(confirming.status).toMatchObject({ state: 'to-propose', dueOn: '2026-03-31' });
  expect(await statusOf(batchId)).toMatchObject({ state: 'to-issue', dueOn: '2026-05-01' });
});

it('says the day that the office has given for the approval that waits, and not that for another one', async () => {
  const { batchId } = await desk.approved();
  const [waiting] = await service.query<{ day: string }>(
    `select min(approved_on)::text as day from reply_row join batch_row on batch_row.id = row_id where batch_id = $1`,
    [batchId],
  );
  const usual = await statusOf(batchId);
  const extend = (approvedOn: string | undefined, effectiveDueOn: string) =>
    service.hear(DueDayExtended, {
      ...{ kind: 'issue', subjectId: batchId, part: 1, organisationId: desk.ei, decidedOn: '2026-03-02' },
      ...{ approvedOn: approvedOn ?? '', effectiveDueOn },
    });

  await extend('2026-01-15', '2026-05-01');
  const others = await statusOf(batchId);
  await extend(waiting?.day, '2026-05-20');

  expect(others).toEqual(usual);
  expect(await statusOf(batchId)).toMatchObject({ state: 'to-issue', dueOn: '2026-05-20' });
});
