import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  ClassRescheduled,
  ClassStarted,
  ExamPlanAnswered,
  ExamPlanFiled,
  FilingReceived,
  FilingReturned,
  OrganisationRegistered,
  PlanWithdrawn,
  RowsGivenUp,
  RowsRemoved,
  SessionRescheduled,
} from '@shuzheng/contracts';
import { type Caller, ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { oversight } from '../index.js';
import { Story } from '../testing/events.js';

const service = new ServiceUnderTest(oversight);
beforeAll(async () => {
  await service.start();
  await service.runTimers();
});
afterAll(() => service.stop());
beforeEach(() => service.clock.set('2026-02-20T10:00:00+08:00'));

const department = service.as({ permissions: ['clocks:read'], reach: 'province' });
const claims = { permissions: ['clocks:read'] } as const;
const tasksOf = async (subjectId: string, caller: Caller = department) =>
  (await caller.get('/tasks', { subjectId, limit: 200 })).body.items as { kind: string }[];
const kindsOf = async (subjectId: string, caller?: Caller) =>
  (await tasksOf(subjectId, caller)).map(({ kind }) => kind).sort();
const statusOf = async (subjectId: string) => (await department.get('/status', { subjectId })).body;
const at = '2026-01-06T09:00:00.000+08:00';

it('follows a filing: both receipts, its return, its new version, its withdrawal', async () => {
  const story = new Story(service);
  await story.planned();
  const { planId, training: organisationId } = story;
  const filed = await kindsOf(planId);
  await story.hear(FilingReceived, {
    ...{ planId, kind: 'training', recipient: 'department', receiptId: randomUUID(), receivedAt: at },
  });
  const received = await kindsOf(planId);
  await story.hear(FilingReturned, {
    ...{ planId, kind: 'training', version: 1, recipient: 'city-bureau', organisationId, returnedOn: '2026-01-07' },
    sections: ['venue'],
  });
  const returned = await tasksOf(planId);
  await story.planned(2);
  const again = await kindsOf(planId);
  await story.hear(PlanWithdrawn, { planId, kind: 'training', organisationId, withdrawnOn: '2026-01-09' });

  expect(filed).toEqual(['city-receipt', 'department-receipt']);
  expect(received).toEqual(['city-receipt']);
  expect(returned).toMatchObject([
    {
      kind: 'returned-filing',
      waitsFor: 'training-preparer',
      waitsForOrganisationId: organisationId,
      since: '2026-01-07',
    },
  ]);
  expect(again).toEqual(['city-receipt', 'department-receipt']);
  expect(await kindsOf(planId)).toEqual([]);
  expect(await statusOf(planId)).toMatchObject({ thing: 'training-plan', state: 'withdrawn', since: '2026-01-09' });
});

it('follows an exam plan: consent, refusal, consent and no filing, filing', async () => {
  const story = new Story(service);
  await story.examPlanned();
  const { examPlanId: planId, evaluation: evaluationOrganisationId, training: organisationId } = story;
  const answer = (version: number, consented: boolean) =>
    story.hear(ExamPlanAnswered, {
      ...{ planId, version, evaluationOrganisationId, consented, reason: null, answeredAt: at },
    });
  const drafted = await statusOf(planId);
  await answer(1, false);
  const refused = await kindsOf(planId);
  await story.examPlanned(2);
  const anew = await kindsOf(planId);
  await answer(2, true);
  const consented = await statusOf(planId);
  await story.hear(ExamPlanFiled, { planId, version: 2, organisationId, evaluationOrganisationId, filedAt: at });

  expect(drafted).toMatchObject({ state: 'drafted', waitsFor: 'evaluation-approver', dueOn: null });
  expect(drafted.waitsForOrganisationId).toBe(evaluationOrganisationId);
  expect([refused, anew]).toEqual([['exam-plan-refused'], ['exam-plan-consent']]);
  expect(consented).toMatchObject({ state: 'consented', waitsFor: 'training-approver', since: '2026-01-06' });
  expect(await kindsOf(planId)).toEqual(['city-receipt', 'department-receipt']);
  expect(await statusOf(planId)).toMatchObject({ state: 'filed', title: '已备案' });
});

it('follows a batch from the confirmation over the package, the reply and the issue to its end', async () => {
  const story = await new Story(service).begun();
  const { batchId } = story;
  await story.qualified(3);
  await story.released(['passed', 'passed', 'passed']);
  await story.resultReported('2026-02-09');
  await story.received('2026-02-09');
  const received = await statusOf(batchId);
  await story.proposed('2026-02-10', 1);
  const halfProposed = await statusOf(batchId);
  await story.proposed('2026-02-10');
  const confirming = await statusOf(batchId);
  await story.decided('2026-02-11', ['confirmed', 'confirmed', 'returned']);
  const decided = await kindsOf(batchId);
  await story.packaged('2026-02-12', 2);
  const sent = await tasksOf(batchId);
  await story.approved('2026-02-18', 2);
  const approved = await statusOf(batchId);
  await story.issued('2026-02-18', '2026-02-19', 2);
  await story.resultReported('2026-02-20', 2, story.results.slice(2));
  const end = await statusOf(batchId);

  expect(received).toMatchObject({
    title: '提出确认或退回证书数据的意见',
    waitsFor: 'department-officer',
    dueOn: '2026-02-28',
  });
  expect(halfProposed).toEqual(received);
  expect(confirming).toMatchObject({
    title: '确认或退回证书数据',
    waitsFor: 'department-approver',
    dueOn: '2026-02-28',
  });
  expect(decided).toEqual(['package', 'returned-rows']);
  expect(sent).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'reply', since: '2026-02-12', dueOn: null, daysLeft: null, overdue: false }),
      expect.objectContaining({
        ...{ kind: 'returned-rows', waitsFor: 'evaluation-preparer' },
        ...{ waitsForOrganisationId: story.evaluation, since: '2026-02-11' },
      }),
    ]),
  );
  expect(approved).toMatchObject({
    title: '颁发专业技术等级证书',
    waitsFor: 'evaluation-approver',
    dueOn: '2026-03-20',
  });
  expect(end).toMatchObject({ state: 'received', title: '没有待办事项', waitsFor: null, tasks: [] });
});

it('turns to the approver when the rows that nobody had proposed anything about are void', async () => {
  const story = await new Story(service).begun();
  const { batchId, sessionId, evaluation: organisationId } = story;
  await story.qualified(2);
  await story.released(['passed', 'passed']);
  await story.resultReported('2026-02-09');
  await story.received('2026-02-09');
  await story.proposed('2026-02-10', 1);
  const before = await kindsOf(batchId);
  const [, unproposed] = story.results;
  await story.hear(RowsRemoved, {
    ...{ batchId, part: 1, sessionId, organisationId, removedOn: '2026-02-11', undecided: 1, unproposed: 0 },
    rows: [{ rowId: randomUUID(), resultId: unproposed?.resultId ?? '' }],
  });

  expect([before, await kindsOf(batchId)]).toEqual([['proposal'], ['confirmation']]);
});

it('waits no longer for rows that were given up, or whose results were voided after the confirmation', async () => {
  const story = await new Story(service).begun();
  const { batchId, sessionId, evaluation: organisationId } = story;
  await story.qualified(3);
  await story.released(['passed', 'passed', 'passed']);
  await story.resultReported('2026-02-09');
  await story.received('2026-02-09');
  await story.decided('2026-02-11', ['confirmed', 'confirmed', 'returned']);
  const [unsent, sent, returned] = story.rows;
  const removed = (row: typeof sent, more: object) =>
    story.hear(RowsRemoved, {
      ...{ batchId, part: 1, sessionId, organisationId, removedOn: '2026-02-20', undecided: 0 },
      rows: [{ rowId: row?.rowId ?? '', resultId: row?.resultId ?? '', ...more }],
    });

  await story.hear(RowsGivenUp, {
    ...{ batchId, part: 1, sessionId, organisationId, givenUpOn: '2026-02-12' },
    rows: [{ rowId: returned?.rowId ?? '', resultId: returned?.resultId ?? '' }],
  });
  expect(await kindsOf(batchId)).toEqual(['package']);
  await removed(unsent, { unsent: true });
  await story.packaged('2026-02-12', 1);
  expect(await kindsOf(batchId)).toEqual(['reply']);
  await story.approved('2026-02-18', 1);
  expect(await kindsOf(batchId)).toEqual(['issue']);
  await removed(sent, {});
  expect(await kindsOf(batchId)).toEqual([]);
});

it('answers for a class and a session in one read where it is, who must act and until when', async () => {
  const story = await new Story(service).begun();
  await story.enrolled(2);
  const { classId, sessionId, training, evaluation } = story;
  const announced = await statusOf(classId);
  await story.hear(ClassRescheduled, {
    classId,
    organisationId: training,
    startsOn: '2026-01-07',
    endsOn: '2026-01-31',
  });
  await story.hear(ClassStarted, { classId, organisationId: training, startedOn: '2026-01-07' });
  const running = await statusOf(classId);
  await story.completed('2026-01-16', 2);
  const completed = await statusOf(classId);
  await story.trainingReported('2026-02-19');
  await story.hear(SessionRescheduled, {
    ...{ sessionId, organisationId: evaluation, theoryOn: '2026-02-03', abilityOn: '2026-02-02' },
  });
  const open = await statusOf(sessionId);
  await story.sat('2026-01-12');
  const sat = await statusOf(sessionId);

  expect(announced).toMatchObject({ state: 'announced', name: '一班', waitsFor: 'training-preparer' });
  expect(running).toMatchObject({ title: '培训中', since: '2026-01-07' });
  expect(completed).toMatchObject({
    ...{ title: '已结业，待报送', waitsFor: 'training-approver', waitsForTitle: '培训机构审批人' },
    ...{ waitsForOrganisationId: training, dueOn: '2026-02-24', overdue: false },
  });
  expect(completed.tasks).toMatchObject([{ kind: 'training-report', daysLeft: 4, workingDaysLeft: 1 }]);
  expect(await statusOf(classId)).toMatchObject({ state: 'reported', since: '2026-02-19', waitsFor: null });
  expect(open).toMatchObject({ state: 'open', waitsFor: 'evaluation-preparer' });
  expect(sat).toMatchObject({ waitsFor: 'evaluation-approver', dueOn: '2026-02-11', overdue: true });
  const [days] = await service.query('select starts_on, ends_on from stage where id = $1', [sessionId]);
  expect(days).toEqual({ starts_on: '2026-02-02', ends_on: '2026-02-03' });
});

it('asks the approver for what an officer has asked for a clock', async () => {
  const story = new Story(service);
  await story.completed('2026-01-31');
  const { body } = await department.get('/clocks', { subjectId: story.classId });
  const officer = service.as({ permissions: ['clocks:set'], reach: 'province' });
  await officer.post(`/clocks/${body.items[0].id}/extensions`, { dueOn: '2026-03-20', reason: '设备故障' });

  expect(await tasksOf(story.classId)).toMatchObject([
    { kind: 'training-report', dueOn: '2026-03-02' },
    { kind: 'clock-setting', waitsFor: 'department-approver', waitsForOrganisationId: null, dueOn: null },
  ]);
});

it('shows each what is theirs, filters whose turn it is, sorts by the due day and counts', async () => {
  const story = await new Story(service, '370500').begun();
  await service.hear(OrganisationRegistered, {
    ...{ organisationId: story.training, name: '泉城培训中心', creditCode: null, cityCode: '370500' },
    role: 'training-institution',
  });
  await story.completed('2026-01-16');
  await story.sat('2026-01-12');
  const training = service.as({ ...claims, organisationId: story.training });
  const evaluation = service.as({ ...claims, organisationId: story.evaluation });
  const city = service.as({ ...claims, reach: 'city', organisationId: randomUUID(), cityCode: '370500' });
  const stranger = service.as({ ...claims, organisationId: randomUUID() });
  const mine = async (caller: Caller, value = 'true') =>
    ((await caller.get('/tasks', { mine: value })).body.items as { kind: string }[]).map(({ kind }) => kind);

  expect(await mine(training)).toEqual(['training-report']);
  expect((await mine(training, 'false')).sort()).toEqual(['city-receipt', 'department-receipt', 'exam-plan-consent']);
  expect((await mine(evaluation)).sort()).toEqual(['exam-plan-consent', 'result-report']);
  expect(await mine(city)).toEqual(['city-receipt']);
  expect((await stranger.get('/tasks')).body).toEqual({ items: [], total: 0, next: null });
  const { body } = await city.get('/tasks', { sort: 'dueOn' });
  const items = body.items as { kind: string }[];
  expect(body.total).toBe(5);
  expect(items.slice(0, 2)).toMatchObject([
    { kind: 'result-report', dueOn: '2026-02-11', overdue: true, daysLeft: -9 },
    { kind: 'training-report', dueOn: '2026-02-24', overdue: false, organisationName: '泉城培训中心' },
  ]);
  expect((await city.get('/tasks', { overdue: 'true' })).body.total).toBe(1);
  expect((await city.get('/tasks', { overdue: 'false' })).body.total).toBe(4);
  expect((await department.get('/tasks', { mine: 'true', cityCode: '370500' })).body.items).toMatchObject([
    { kind: 'department-receipt', waitsFor: 'department-officer' },
  ]);
  const first = await city.get('/tasks', { limit: 2 });
  const rest = await city.get('/tasks', { limit: 200, cursor: first.body.next });
  expect([first.body.items.length, rest.body.items.length]).toEqual([2, 3]);
  expect((await stranger.get('/status', { subjectId: story.classId })).status).toBe(404);
});
