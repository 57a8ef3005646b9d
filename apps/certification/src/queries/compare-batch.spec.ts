import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  CandidatesQualified,
  ClassCompleted,
  ClassOpened,
  ResultHoldChanged,
  SessionOpened,
} from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { Desk, OCCUPATION, subject } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const doubt = { recordedAt: '2026-02-09T09:00:00.000+08:00' };

it('shows roster, application, result and certificate side by side, and marks by code what differs', async () => {
  const [whole, lacking] = [desk.row({ recordedAt: '2026-02-11T10:00:00.000+08:00' }), desk.row(doubt)];
  const { batchId, sessionId } = await desk.receive({ rows: [whole, lacking] });
  const ti = randomUUID();
  const days = { startsOn: '2025-12-01', endsOn: '2026-01-20' };
  const of = { organisationId: ti, cityCode: '370100', subject, planId: randomUUID() };
  await service.hear(ClassOpened, { ...of, classId: whole.classId, name: '一班', ...days });
  const learner = { enrolmentId: randomUUID(), personId: whole.personId, passed: true, hours: 80 };
  await service.hear(ClassCompleted, { ...of, classId: whole.classId, completedOn: '2026-01-20', learners: [learner] });
  const opened = { sessionId, organisationId: desk.ei, cityCode: '370100', subject, planId: randomUUID() };
  await service.hear(SessionOpened, { ...opened, theoryOn: '2026-02-08', abilityOn: '2026-02-10' });
  const { applicationId, personId, classId } = whole;
  await service.hear(CandidatesQualified, {
    sessionId,
    organisationId: desk.ei,
    candidates: [{ applicationId, personId, classId }],
  });
  await desk.runTimers();

  const { body } = await desk.officer().get(`/batches/${batchId}/comparison`);

  expect(body).toMatchObject({ total: 2, next: null });
  expect(body.items[0]).toEqual({
    ...{ id: (await desk.rowsOf(batchId))[0]?.id, number: 1, state: 'received' },
    training: {
      classId,
      organisationId: ti,
      cityCode: '370100',
      ...days,
      completedOn: '2026-01-20',
      hours: 80,
      passed: true,
    },
    application: { applicationId, condition: 1, qualified: true },
    result: {
      resultId: whole.resultId,
      theory: 80.5,
      ability: 75,
      recordedAt: '2026-02-11T10:00:00.000+08:00',
      held: false,
    },
    certificate: {
      ...{ maskedName: '王**', occupationCode: OCCUPATION, edition: '2021', level: 'junior' },
      ...{ direction: '智能装备与产线应用', certificateNumber: null, awardDayRule: 'on-or-after-approval' },
    },
    ...{ differences: [], signals: [], sampled: null },
  });
  expect(body.items[1]).toMatchObject({
    ...{ training: null, differences: ['class-unknown', 'not-qualified'], signals: ['result-before-exam-end'] },
  });
  const numbers = async (filter: Record<string, string | number>) =>
    ((await desk.officer().get(`/batches/${batchId}/comparison`, filter)).body.items as { number: number }[]).map(
      (row) => row.number,
    );
  expect([await numbers({ doubtful: 'true' }), await numbers({ doubtful: 'false' })]).toEqual([[2], [1]]);
  const first = await desk.officer().get(`/batches/${batchId}/comparison`, { limit: 1 });
  expect([first.body.items.length, await numbers({ cursor: String(first.body.next) })]).toEqual([1, [2]]);
});

it('never shows a whole name or a document number', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(3) });
  const text = JSON.stringify((await desk.officer().get(`/batches/${batchId}/comparison`)).body);
  expect([text.includes('王小明'), text.includes('11010519491231002X')]).toEqual([false, false]);
});

it('queues by days left, then by risk, and counts the work', async () => {
  const late = await desk.receive({ filedOn: '2026-03-05', rows: desk.rows(1) });
  const calm = await desk.receive({ filedOn: '2026-02-27', rows: desk.rows(3) });
  const risky = await desk.receive({ filedOn: '2026-02-27', rows: [...desk.rows(2), desk.row(doubt)] });
  await service.hear(ResultHoldChanged, {
    ...{ sessionId: risky.sessionId, organisationId: desk.ei, resultId: risky.report.rows[0]?.resultId ?? '' },
    ...{ held: true, changedOn: '2026-03-01' },
  });
  await desk.officer().post(`/batches/${risky.batchId}/samples`, { count: 1 });
  await desk.runTimers();

  const { body } = await desk.officer().get('/batches', { limit: 200, state: 'to-propose' });

  const items = body.items as { id: string; work: object; risk: number; status: object; due: { dueOn: string } }[];
  const mine = [risky, calm, late].map(({ batchId }) => batchId);
  expect(items.map(({ id }) => id).filter((id) => mine.includes(id))).toEqual(mine);
  const shown = items.find(({ id }) => id === risky.batchId);
  expect(shown).toMatchObject({
    ...{ work: { clean: 1, flagged: 1, returned: 0, held: 1 }, risk: 100 },
    status: {
      state: 'to-propose',
      title: '待省厅经办人提出意见',
      waitsFor: 'department-officer',
      dueOn: shown?.due.dueOn,
    },
  });
  expect(shown).not.toHaveProperty('queue');
});

it('follows a batch through its states, and finds it by each of its filters', async () => {
  const { batchId } = await desk.receive({ rows: desk.rows(2) });
  const state = async () => {
    const { body } = await desk.officer().get(`/batches/${batchId}`);
    return (body.status as { state: string }).state;
  };
  const seen = [await state()];
  await desk.propose(batchId);
  seen.push(await state());
  await desk.decide(batchId);
  seen.push(await state());
  const { body } = await desk.send(batchId);
  seen.push(await state());
  await desk.reply(String((body as { packageId: string }).packageId), await desk.replyFile(batchId));
  seen.push(await state());
  const waiting = await desk.officer().get(`/batches/${batchId}`);
  await desk.issue(batchId);
  await desk.runTimers();
  seen.push(await state());

  expect(seen).toEqual(['to-propose', 'to-confirm', 'to-send', 'national-review', 'to-issue', 'finished']);
  expect(waiting.body.status).toMatchObject({ waitsFor: 'evaluation-approver', dueOn: '2026-04-01' });
  const found = async (filter: Record<string, string>) =>
    ((await desk.officer().get('/batches', { limit: 200, ...filter })).body.items as { id: string }[]).some(
      ({ id }) => id === batchId,
    );
  const filters = [
    { state: 'finished' },
    { state: 'to-issue' },
    { cityCode: '370100' },
    { cityCode: '370200' },
    { occupationCode: OCCUPATION },
    { occupationCode: '2-02-38-01' },
    { organisationId: desk.ei },
    { organisationId: desk.otherEi },
  ];
  expect(await Promise.all(filters.map(found))).toEqual([true, false, true, false, true, false, true, false]);
});
