import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AttachmentDeclared,
  AttendanceRecorded,
  CandidatesQualified,
  ClassOpened,
  SessionOpened,
} from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { codesOf, Desk, subject } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

interface Signal {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly rowId: string;
}

/** Results that were recorded before the exam was over: each of the rows has a blocking signal. */
async function doubtful(count = 1) {
  const rows = Array.from({ length: count }, (_, i) =>
    desk.row({ theory: 60 + i, recordedAt: '2026-02-09T09:00:00.000+08:00' }),
  );
  const received = await desk.receive({ rows });
  return { ...received, rows, signals: await signalsOf(received.batchId) };
}

async function signalsOf(batchId: string, filter: Record<string, string> = {}) {
  await desk.runTimers();
  const { body } = await desk.officer().get(`/batches/${batchId}/signals`, filter);
  return body.items as Signal[];
}

const reason = '已核对考场登记表，登记时间录入有误';

it('signal-open: confirms no row with a blocking signal before somebody dismissed it, and says which rows', async () => {
  const { batchId, signals } = await doubtful(2);
  await desk.propose(batchId);

  const refused = await desk.decide(batchId);
  expect([refused.status, codesOf(refused), refused.body.rows.length]).toEqual([422, ['signal-open'], 2]);
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['proposed', 'proposed']);

  const answer = await desk
    .officer()
    .post(`/signals/${signals[0]?.id}/dismiss`, { reason, version: signals[0]?.version });
  expect([answer.status, answer.body.version]).toEqual([201, 2]);
  const still = await desk.decide(batchId);
  expect(still.body.rows).toHaveLength(1);
  const row = { rowId: signals[0]?.rowId, decision: 'confirm' };
  expect((await desk.decide(batchId, { rows: [row] })).body).toEqual({ confirmed: 1, returned: 0, undecided: 1 });

  const ofRow = await desk.officer().get(`/rows/${signals[0]?.rowId}/signals`);
  expect(ofRow.body.items).toMatchObject([{ state: 'dismissed', reason, code: 'result-before-exam-end' }]);
  expect(ofRow.body.items[0].by).not.toBeNull();
});

it('lets a row with a blocking signal be returned', async () => {
  const { batchId, signals } = await doubtful();
  const rowId = signals[0]?.rowId;
  await desk.propose(batchId, { rows: [{ rowId, proposal: 'return', reasons: ['result-doubtful'] }] });
  expect((await desk.decide(batchId)).body).toEqual({ confirmed: 0, returned: 1, undecided: 0 });
});

it('lets advisory signals be confirmed, and says how many there were', async () => {
  const rows = [...desk.rows(9), ...[1, 2, 3].map(() => desk.row({ theory: 99, ability: 99 }))];
  const { batchId } = await desk.receive({ rows });
  await desk.propose(batchId);
  expect((await desk.decide(batchId)).body).toEqual({ confirmed: 12, returned: 0, undecided: 0, warnings: 3 });
});

it('judges a decision by facts that arrived a moment ago, before any timer ran', async () => {
  const { batchId, report } = await desk.receive();
  await desk.propose(batchId);
  const other = randomUUID();
  await service.hear(SessionOpened, {
    ...{ sessionId: other, planId: randomUUID(), organisationId: desk.otherEi, cityCode: '370100', subject },
    ...{ theoryOn: '2026-02-10', abilityOn: '2026-02-10' },
  });
  const personId = report.rows[0]?.personId ?? '';
  const candidates = [{ applicationId: randomUUID(), personId, classId: randomUUID() }];
  await service.hear(CandidatesQualified, { sessionId: other, organisationId: desk.otherEi, candidates });

  expect(codesOf(await desk.decide(batchId))).toEqual(['signal-open']);
});

it('answers per item with the caller’s reference: unknown, repeated, not open and changed ones are refused alone', async () => {
  const { batchId, signals } = await doubtful(3);
  const [a, b, c] = signals;
  await desk.officer().post(`/signals/${b?.id}/dismiss`, { reason });

  const { status, body } = await desk.officer().post(`/batches/${batchId}/signals/dismiss`, {
    items: [
      { signalId: a?.id, reason, version: 1, reference: 'A' },
      { signalId: a?.id, reason, reference: 'A2' },
      { signalId: b?.id, reason, reference: 'B' },
      { signalId: c?.id, reason, version: 7, reference: 'C' },
      { signalId: randomUUID(), reason, reference: 'D' },
    ],
  });

  expect(status).toBe(201);
  expect(body.dismissed).toEqual([{ signalId: a?.id, version: 2, reference: 'A' }]);
  const refused = body.refused as { reference: string; rule: string; advice: string }[];
  expect(refused.map(({ reference, rule }) => [reference, rule])).toEqual([
    ['A2', 'signal-repeated'],
    ['B', 'signal-not-open'],
    ['C', 'signal-changed'],
    ['D', 'signal-unknown'],
  ]);
  expect(refused.every(({ advice }) => advice.length > 0)).toBe(true);
});

it('refuses one signal with all that is wrong, and takes no personal data as a reason', async () => {
  const { signals } = await doubtful();
  const path = `/signals/${signals[0]?.id}/dismiss`;
  expect(codesOf(await desk.officer().post(path, { reason, version: 9 }))).toEqual(['signal-changed']);
  expect((await desk.officer().post(path, { reason: '本人电话 13800138000 已核' })).status).toBe(400);
  const once = () => desk.officer().post(path, { reason }, { key: `dismiss-${signals[0]?.id}` });
  const [first, second] = [await once(), await once()];
  expect([second.status, second.body]).toEqual([201, first.body]);
  expect(codesOf(await desk.officer().post(path, { reason, version: 1 }))).toEqual([
    'signal-not-open',
    'signal-changed',
  ]);
});

it('dismisses once, however many do it at the same moment', async () => {
  const { signals } = await doubtful();
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => desk.officer().post(`/signals/${signals[0]?.id}/dismiss`, { reason })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
});

it('a dismissal holds for the facts it was given on: other facts open the signal again', async () => {
  const { row, batchId } = await (async () => {
    const row = desk.row();
    return { row, ...(await desk.receive({ rows: [row] })) };
  })();
  const place = async (day: string) => {
    const sessionId = randomUUID();
    await service.hear(SessionOpened, {
      ...{ sessionId, planId: randomUUID(), organisationId: desk.otherEi, cityCode: '370100', subject },
      ...{ theoryOn: day, abilityOn: '2026-02-10' },
    });
    const candidates = [{ applicationId: randomUUID(), personId: row.personId, classId: randomUUID() }];
    await service.hear(CandidatesQualified, { sessionId, organisationId: desk.otherEi, candidates });
  };
  await place('2026-02-01');
  const [signal] = await signalsOf(batchId);
  await desk.officer().post(`/signals/${signal?.id}/dismiss`, { reason });
  await place('2026-02-02');
  expect(await signalsOf(batchId)).toMatchObject([{ state: 'dismissed', version: 2 }]);

  await service.hear(AttendanceRecorded, {
    ...{ classId: randomUUID(), lessonId: randomUUID(), organisationId: randomUUID(), cityCode: '370200' },
    ...{ on: '2026-02-10', offline: true, present: [row.personId] },
  });
  expect(await signalsOf(batchId)).toMatchObject([
    { state: 'open', version: 3, reason: null, facts: { days: ['2026-02-10'], kinds: ['lesson', 'session'] } },
  ]);
  await desk.propose(batchId);
  expect(codesOf(await desk.decide(batchId))).toEqual(['signal-open']);
});

it('is the department’s alone: an evaluation institution and a stranger to the batch see and do nothing', async () => {
  const { batchId, signals } = await doubtful();
  const permissions = ['batches:read', 'signals:dismiss', 'samples:draw', 'rules:manage'];
  const ei = service.as({ permissions, reach: 'organisation', organisationId: desk.ei });
  const [signal] = signals;

  const answers = [
    await ei.get(`/batches/${batchId}/signals`),
    await ei.get(`/rows/${signal?.rowId}/signals`),
    await ei.get(`/signals/${signal?.id}/history`),
    await ei.get('/signal-rules'),
    await ei.get(`/batches/${batchId}/comparison`),
    await ei.get(`/batches/${batchId}/samples`),
    await ei.post(`/signals/${signal?.id}/dismiss`, { reason }),
    await ei.post(`/batches/${batchId}/signals/dismiss`, { items: [{ signalId: signal?.id, reason }] }),
    await ei.post(`/batches/${batchId}/samples`, { percent: 10 }),
    await ei.post('/signal-settings', {
      code: 'one-phone-many-people',
      from: '2026-04-01',
      values: { persons: 2 },
      basis: '纪要',
    }),
    await desk.officer().get(`/batches/${randomUUID()}/signals`),
    await desk.officer().get(`/rows/${randomUUID()}/signals`),
    await desk.officer().get('/signal-rules', { batchId: randomUUID() }),
    await desk.officer().post(`/signals/${randomUUID()}/dismiss`, { reason }),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  expect((await desk.recorder().post(`/signals/${signal?.id}/dismiss`, { reason })).status).toBe(403);
  const seen = await ei.get(`/batches/${batchId}`);
  expect([seen.body.work, seen.body.risk]).toEqual([null, null]);
});

it('A38 lets nobody who is attached to an institution of the batch propose, decide, dismiss or draw; by the day', async () => {
  const ti = randomUUID();
  for (const kind of ['evaluation', 'training'] as const) {
    const { batchId, rows, signals } = await doubtful(2);
    await service.hear(ClassOpened, {
      ...{ classId: rows[1]?.classId ?? '', planId: randomUUID(), organisationId: ti, cityCode: '370100', subject },
      ...{ name: '一班', startsOn: '2025-12-01', endsOn: '2026-01-20' },
    });
    const who = `attached to ${kind}`;
    const attached = desk.approver(who, ['signals:dismiss', 'samples:draw']);
    const accountId = desk.accountOf(who);
    const organisationId = kind === 'evaluation' ? desk.ei : ti;
    const attachment = { attachmentId: randomUUID(), accountId, organisationId, from: '2026-03-02' };
    await service.hear(AttachmentDeclared, { ...attachment, to: '2026-03-02' });

    const refused = [
      await attached.post(`/batches/${batchId}/proposals`, { all: 'confirm' }),
      await attached.post(`/signals/${signals[0]?.id}/dismiss`, { reason }),
      await attached.post(`/batches/${batchId}/signals/dismiss`, { items: [{ signalId: signals[0]?.id, reason }] }),
      await attached.post(`/batches/${batchId}/samples`, { count: 1 }),
    ];
    expect(refused.map((answer) => codesOf(answer))).toEqual(refused.map(() => ['officer-attached']));
    await desk.propose(batchId);
    expect(codesOf(await attached.post(`/batches/${batchId}/decisions`, { asProposed: true }))).toEqual([
      'officer-attached',
    ]);
    expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['proposed', 'proposed']);

    // Another officer may, and so may this one on the day after.
    const items = signals.map(({ id: signalId }) => ({ signalId, reason }));
    expect((await desk.officer().post(`/batches/${batchId}/signals/dismiss`, { items })).body.dismissed).toHaveLength(
      items.length,
    );
    service.clock.set('2026-03-03T09:00:00+08:00');
    const later = await attached.post(`/batches/${batchId}/decisions`, { asProposed: true });
    expect(later.status).toBe(201);
    service.clock.set('2026-03-02T09:00:00+08:00');
  }
});

it('setting-values, setting-in-past, setting-repeated: a setting is whole, of today or later, and one a day', async () => {
  const set = (setting: object) =>
    desk.officer().post('/signal-settings', {
      ...{ code: 'pass-rate-far-from-history', from: '2026-03-02', values: { sat: 20, historySat: 200, sigmas: 4 } },
      ...{ basis: '厅办公会纪要', ...setting },
    });

  expect((await set({})).status).toBe(201);
  expect(codesOf(await set({ from: '2026-03-01', values: { sigmas: 99 } }))).toEqual([
    'setting-values',
    'setting-in-past',
  ]);
  expect(codesOf(await set({}))).toEqual(['setting-repeated']);
  expect(codesOf(await set({ code: 'officer-attached', values: {} }))).toEqual(['setting-values']);
  const { body } = await desk.officer().get('/signal-rules');
  const rules = body.rules as { code: string; setting: object }[];
  expect(rules.find(({ code }) => code === 'pass-rate-far-from-history')?.setting).toEqual({
    ...{
      values: { sat: 20, historySat: 200, sigmas: 4 },
      source: '省厅设定：厅办公会纪要',
      confidence: 'I',
      from: '2026-03-02',
    },
  });
});
