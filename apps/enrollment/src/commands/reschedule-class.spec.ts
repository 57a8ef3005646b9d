import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  ClassCancelled,
  ClassRescheduled,
  ClassStarted,
  EnrolmentsWithdrawn,
  PlanWithdrawn,
} from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import type { WholeClass } from '../queries/find-class.js';
import { codesOf, faultsOf, itemsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());
beforeEach(() => at('2026-01-05'));

const { service } = world;
const at = (day: string) => service.clock.set(`${day}T09:00:00+08:00`);
const dates = (startsOn: string, endsOn = '2026-02-10') => ({ startsOn, endsOn });
const reschedule = (classId: string, to: object, ifMatch = 1, organisationId = world.training) =>
  world.preparerOf(organisationId).post(`/classes/${classId}/reschedule`, to, { ifMatch });
const cancel = (classId: string, why: object, organisationId = world.training) =>
  world.preparerOf(organisationId).post(`/classes/${classId}/cancel`, why);
const find = async (classId: string) => (await world.preparerOf().get(`/classes/${classId}`)).body as WholeClass;
const enroll = (classId: string, learners: object[]) =>
  world.preparerOf().post(`/classes/${classId}/enrolments`, { learners });

it('gives a class other dates before it starts, and tells them', async () => {
  const classId = await world.openClass();

  const answer = await reschedule(classId, dates('2026-01-19', '2026-02-06'));

  expect([answer.status, answer.body]).toEqual([201, { classId, version: 2 }]);
  expect((await service.announced()).at(-1)).toMatchObject({
    type: ClassRescheduled.type,
    data: { classId, organisationId: world.training, startsOn: '2026-01-19', endsOn: '2026-02-06' },
  });
  expect(await find(classId)).toMatchObject({ startsOn: '2026-01-19', endsOn: '2026-02-06', version: 2 });
  expect((await reschedule(classId, dates('2026-01-20'))).status).toBe(409);
  expect((await world.preparerOf().post(`/classes/${classId}/reschedule`, dates('2026-01-20'))).status).toBe(400);
});

it('tells every rule that other dates would break', async () => {
  const classId = await world.openClass();

  expect(codesOf(await reschedule(classId, dates('2026-01-12')))).toEqual(['dates-unchanged']);
  expect(codesOf(await reschedule(classId, dates('2026-01-04', '2026-01-03')))).toEqual([
    'dates-order',
    'class-outside-plan-dates',
    'first-day-passed',
  ]);
  await world.rule('reschedule-notice', { days: 8 });
  expect(codesOf(await reschedule(classId, dates('2026-01-13')))).toEqual(['reschedule-notice-short']);
  at('2026-01-04');
  expect((await reschedule(classId, dates('2026-01-13'))).status).toBe(201);
  await world.rule('reschedule-notice', null, { from: '2026-01-01' });
});

it('asks the directory about the new first day', async () => {
  const organisationId = randomUUID();
  await world.institution(organisationId);
  await world.entry({ organisationId, to: '2026-01-20' });
  at('2026-01-01');
  const classId = await world.openClass({}, organisationId);

  expect(codesOf(await reschedule(classId, dates('2026-01-21'), 1, organisationId))).toEqual(['directory-dates']);
  expect((await reschedule(classId, dates('2026-01-20'), 1, organisationId)).status).toBe(201);
});

it('does not bring a learner into two classes on the same days, and says which', async () => {
  at('2026-01-01');
  const learner = world.aLearner();
  const first = await world.openClass({ startsOn: '2026-01-12', endsOn: '2026-01-20' });
  const second = await world.openClass({ startsOn: '2026-01-12', endsOn: '2026-02-10' });
  must(await reschedule(second, dates('2026-01-21', '2026-01-30')));
  must(await enroll(first, [learner]));
  must(await enroll(second, [world.aLearner(), { ...learner, reference: 'mine' }]));

  const refused = await reschedule(second, dates('2026-01-20', '2026-01-30'), 2);

  expect(codesOf(refused)).toEqual(['reschedule-overlaps']);
  expect(faultsOf(refused)).toEqual([
    { row: 2, reference: 'mine', rule: 'overlapping-class', advice: expect.any(String) },
  ]);
});

it('changes no dates once the class has started, nor under a plan that was withdrawn', async () => {
  const { classId } = await world.runningClass(1);
  expect(codesOf(await reschedule(classId, dates('2026-01-13')))).toEqual(['class-has-started']);
  expect((await service.announced()).at(-1)).toMatchObject({
    type: ClassStarted.type,
    data: { classId, startedOn: '2026-01-12' },
  });
  at('2026-01-01');
  const other = await world.openClass();
  const { planId } = await find(other);
  must(await world.approverOf().post(`/training-plans/${planId}/withdraw`, { reason: '计划调整' }));

  expect((await service.announced()).at(-1)).toMatchObject({ type: PlanWithdrawn.type });
  // The withdrawal cancelled the class with its plan: both are said.
  expect(codesOf(await reschedule(other, dates('2026-01-13'), 2))).toContain('plan-withdrawn');
});

it('cancels a class for a reason: everybody in it leaves, and all of it is told', async () => {
  const { classId, seats } = await world.runningClass(2);

  expect(codesOf(await cancel(classId, { reason: 'other' }))).toEqual(['reason-text-missing']);
  expect((await cancel(classId, { reason: 'because' })).status).toBe(400);
  const answer = await cancel(classId, { reason: 'other', text: '场地停用' });

  expect(answer.body).toEqual({ classId, withdrawn: 2 });
  const told = (await service.announced()).slice(-2);
  expect(told).toMatchObject([
    {
      type: EnrolmentsWithdrawn.type,
      data: {
        classId,
        withdrawnOn: '2026-01-12',
        enrolments: seats.map((enrolmentId) => ({ enrolmentId, reason: 'class-cancelled' })),
      },
    },
    { type: ClassCancelled.type, data: { classId, cancelledOn: '2026-01-12' } },
  ]);
  expect(await find(classId)).toMatchObject({
    state: 'cancelled',
    enrolled: 0,
    dueOn: null,
    cancelled: { on: '2026-01-12', reason: 'other', text: '场地停用' },
    status: { state: 'cancelled', waitsFor: null, dueOn: null },
  });
  expect(codesOf(await cancel(classId, { reason: 'opened-wrongly' }))).toEqual(['class-not-cancellable']);
  expect(codesOf(await enroll(classId, [world.aLearner()]))).toEqual(['class-not-enrolling']);
});

it('cancels once, however many ask at the same moment, and never what is completed', async () => {
  const classId = await world.openClass();
  const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(classId, { reason: 'too-few-learners' })));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);

  const completed = await world.completedClass('2026-01-20', 2);
  expect(codesOf(await cancel(completed.classId, { reason: 'plan-changed' }))).toEqual(['class-not-cancellable']);
});

it('archives by hand what was reported, and by itself after the days that the office has set', async () => {
  const [byHand, byItself] = [await reported('2026-01-20'), await reported('2026-01-20')];
  const archive = (classId: string) => world.approverOf().post(`/classes/${classId}/archive`);

  expect((await archive(byHand)).status).toBe(201);
  expect(codesOf(await archive(byHand))).toEqual(['class-not-reported']);
  expect(await find(byHand)).toMatchObject({ state: 'archived', status: { waitsFor: null } });

  at('2026-02-19');
  await service.runTimers();
  expect((await find(byItself)).state).toBe('reported');
  await world.rule('class-retention', { days: 30 });
  at('2026-02-20');
  await service.runTimers();
  expect((await find(byItself)).timeline.at(-1)).toMatchObject({ kind: 'archived', role: 'registry' });
  expect((await find(byItself)).state).toBe('archived');
});

async function reported(completedOn: string) {
  at('2026-01-05');
  const { classId } = await world.completedClass(completedOn, 2);
  must(await world.approverOf().post(`/classes/${classId}/training-report`));
  return classId;
}

it('says on one line where a class is, who must act and until when, and in its timeline what happened', async () => {
  const statuses: unknown[] = [];
  const look = async (classId: string) => statuses.push((await find(classId)).status);
  const classId = await world.openClass();
  await look(classId);
  const { ids } = must(await enroll(classId, [world.aLearner()]));
  await look(classId);
  at('2026-01-12');
  must(await world.preparerOf().post(`/classes/${classId}/start`));
  await look(classId);
  must(await world.preparerOf().post(`/classes/${classId}/lessons`, { lessons: [lesson] }));
  const results = [{ enrolmentId: ids[0].enrolmentId, passed: true }];
  must(await world.preparerOf().post(`/classes/${classId}/completion-results`, { examOn: '2026-01-12', results }));
  await look(classId);
  must(await world.approverOf().post(`/classes/${classId}/complete`, { completedOn: '2026-01-12' }));
  await look(classId);
  must(await world.approverOf().post(`/classes/${classId}/training-report`));
  await look(classId);

  expect(statuses).toMatchObject([
    { state: 'announced', waitsFor: 'training-preparer', dueOn: '2026-01-12' },
    { state: 'enrolling', waitsFor: 'training-preparer', dueOn: '2026-01-12' },
    { state: 'running', waitsFor: 'training-preparer', dueOn: '2026-02-10' },
    { state: 'running', waitsFor: 'training-approver', dueOn: '2026-02-10' },
    { state: 'completed', waitsFor: 'training-approver', dueOn: '2026-02-11' },
    { state: 'reported', waitsFor: null, dueOn: null },
  ]);
  const { timeline, plan } = await find(classId);
  expect(timeline.map(({ kind, role }) => [kind, role])).toEqual([
    ['opened', 'training-preparer'],
    ['enrolled', 'training-preparer'],
    ['started', 'training-preparer'],
    ['lessons-recorded', 'training-preparer'],
    ['results-recorded', 'training-preparer'],
    ['completed', 'training-approver'],
    ['reported', 'training-approver'],
  ]);
  expect(plan).toMatchObject({ plannedSeats: 30, startsOn: '2026-01-12', endsOn: '2026-02-10', state: 'filed' });
});

it('lists my classes by state in the order of what is due next, and counts them', async () => {
  const organisationId = randomUUID();
  await world.institution(organisationId);
  await world.entry({ organisationId });
  const late = await world.openClass({ startsOn: '2026-02-02' }, organisationId);
  const soon = await world.openClass({ startsOn: '2026-01-08' }, organisationId);
  must(await cancel(await world.openClass({}, organisationId), { reason: 'opened-wrongly' }, organisationId));
  const preparer = world.preparerOf(organisationId);

  const listed = await preparer.get('/classes', { state: 'announced', sort: 'dueOn' });
  const due = await preparer.get('/classes', { dueBy: '2026-01-31' });
  at('2026-01-09');
  const { body: counts } = await preparer.get('/classes/by-state');

  expect(itemsOf(listed).map(({ id }) => id)).toEqual([soon, late]);
  expect(itemsOf(listed)[0]).toMatchObject({ dueOn: '2026-01-08', status: { title: '已公告，待录入学员' } });
  expect(itemsOf(listed)[0]).not.toHaveProperty('allMarked');
  expect(itemsOf(due).map(({ id }) => id)).toEqual([soon]);
  const none = { classes: 0, nextDueOn: null, overdue: 0 };
  expect(counts.states).toEqual([
    { state: 'announced', classes: 2, nextDueOn: '2026-01-08', overdue: 1 },
    ...['enrolling', 'running', 'completed', 'reported', 'archived'].map((state) => ({ state, ...none })),
    { state: 'cancelled', ...none, classes: 1 },
  ]);
});

it('answers a foreign institution as if the class did not exist', async () => {
  const classId = await world.openClass();
  const foreign = randomUUID();

  const answers = [
    await reschedule(classId, dates('2026-01-13'), 1, foreign),
    await cancel(classId, { reason: 'opened-wrongly' }, foreign),
    await world.approverOf(foreign).post(`/classes/${classId}/archive`),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});

const lesson = {
  reference: 'L1',
  on: '2026-01-12',
  mode: 'offline',
  kind: 'theory',
  hours: 8,
  topic: '第一单元',
  teacher: '陈知远',
};
