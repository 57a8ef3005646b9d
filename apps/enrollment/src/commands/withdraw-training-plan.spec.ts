import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  ClassCancelled,
  OrganisationStatusChanged,
  PlanWithdrawn,
  SessionCancelled,
  SessionOpened,
} from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { aTrainingPlan, codesOf, must, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const reason = '招生不足';
const text = '智能制造工程技术人员（初级）培训公告';
const withdraw = (planId: string) => world.approverOf().post(`/training-plans/${planId}/withdraw`, { reason });
const close = (planId: string) => world.approverOf().post(`/training-plans/${planId}/close`);
const withdrawExam = (planId: string) => world.approverOf().post(`/exam-plans/${planId}/withdraw`, { reason });

async function announcedClass() {
  const planId = await world.filedPlan();
  must(await world.preparerOf().post('/announcements', { planId, text }));
  const { startsOn, endsOn } = aTrainingPlan();
  const { classId } = must(await world.preparerOf().post('/classes', { planId, name: '第一期', startsOn, endsOn }));
  return { planId, classId };
}

it('withdraws a plan with its announced classes, and nothing more is done under it', async () => {
  const { planId, classId } = await announcedClass();

  must(await withdraw(planId));

  expect((await service.announced()).slice(-2)).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ type: ClassCancelled.type, data: expect.objectContaining({ classId }) }),
      expect.objectContaining({
        type: PlanWithdrawn.type,
        data: expect.objectContaining({ planId, kind: 'training', withdrawnOn: '2026-01-05' }),
      }),
    ]),
  );
  expect((await world.department.get(`/training-plans/${planId}`)).body).toMatchObject({
    state: 'withdrawn',
    withdrawnReason: reason,
    status: { title: '已撤回', waitsFor: null },
  });
  expect((await world.department.get(`/filings/${planId}`)).body.state).toBe('withdrawn');
  const after = await Promise.all([
    withdraw(planId),
    close(planId),
    world.approverOf().post(`/training-plans/${planId}/file`),
    world.preparerOf().put(`/training-plans/${planId}`, aTrainingPlan(), { ifMatch: 1 }),
    world.preparerOf().post('/announcements', { planId, text }),
    world.preparerOf().post('/exam-plans', world.anExamPlan(planId)),
    world.department.post(`/filings/${planId}/receipts`, { kind: 'training', version: 1 }),
  ]);
  expect(after.map(codesOf)).toEqual(after.map(() => ['plan-withdrawn']));
  const opened = await world
    .preparerOf()
    .post('/classes', { planId, name: '第二期', startsOn: '2026-01-12', endsOn: '2026-02-10' });
  expect(codesOf(opened)).toContain('plan-withdrawn');
});

it('keeps a plan whose class takes learners, or that has an exam plan', async () => {
  const { planId, classId } = await announcedClass();
  must(await world.preparerOf().post(`/classes/${classId}/enrolments`, { learners: [world.aLearner()] }));
  const examPlanId = await world.draftedExamPlan(planId);

  expect(codesOf(await withdraw(planId))).toEqual(['plan-has-classes', 'plan-has-exam-plans']);
  expect(codesOf(await close(planId))).toEqual(['plan-has-open-classes', 'plan-has-exam-plans']);
  must(await withdrawExam(examPlanId));
  expect(codesOf(await withdraw(planId))).toEqual(['plan-has-classes']);
});

it('withdraws a plan once, and a draft or a foreign plan not at all', async () => {
  const planId = await world.filedPlan();
  const draft = await world.draftedPlan();

  const answers = await Promise.all(Array.from({ length: 6 }, () => withdraw(planId)));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(codesOf(await withdraw(draft))).toEqual(['plan-not-filed']);
  expect(codesOf(await close(draft))).toEqual(['plan-not-filed']);
  const foreign = world.approverOf(randomUUID());
  expect((await foreign.post(`/training-plans/${draft}/withdraw`, { reason })).status).toBe(404);
  expect((await foreign.post(`/training-plans/${draft}/close`)).status).toBe(404);
  expect((await world.preparerOf().post(`/training-plans/${draft}/withdraw`, { reason })).body.permission).toBe(
    'plans:file',
  );
});

it('closes a plan under which everything is over', async () => {
  const planId = await world.filedPlan();

  must(await close(planId));

  expect((await world.preparerOf().get(`/training-plans/${planId}`)).body).toMatchObject({ state: 'closed' });
  expect(codesOf(await world.preparerOf().post('/exam-plans', world.anExamPlan(planId)))).toEqual(['plan-closed']);
  expect(codesOf(await withdraw(planId))).toEqual(['plan-closed']);
});

it('withdraws an exam plan unless the evaluation institution has opened a session under it', async () => {
  const planId = await world.draftedExamPlan(await world.filedPlan());
  const session = { sessionId: randomUUID(), organisationId: world.evaluation };
  await service.hear(SessionOpened, {
    ...session,
    planId,
    cityCode: '370100',
    subject,
    theoryOn: '2026-03-20',
    abilityOn: '2026-03-21',
  });

  expect(codesOf(await withdrawExam(planId))).toEqual(['plan-has-sessions']);
  await service.hear(SessionCancelled, { ...session, cancelledOn: '2026-01-05' });
  must(await withdrawExam(planId));

  expect((await service.announced()).at(-1)).toMatchObject({
    type: PlanWithdrawn.type,
    data: { planId, kind: 'exam' },
  });
  expect(codesOf(await withdrawExam(planId))).toEqual(['plan-withdrawn']);
  await world.answered(planId);
  expect((await world.preparerOf().get(`/exam-plans/${planId}`)).body.state).toBe('withdrawn');
});

it('closes an exam plan that was filed, and files none under a plan that is over', async () => {
  const trainingPlanId = await world.filedPlan();
  const planId = await world.draftedExamPlan(trainingPlanId);
  const closeExam = () => world.approverOf().post(`/exam-plans/${planId}/close`);
  expect(codesOf(await closeExam())).toEqual(['plan-not-filed']);
  await world.answered(planId);
  must(await world.approverOf().post(`/exam-plans/${planId}/file`));

  must(await closeExam());

  expect(codesOf(await closeExam())).toEqual(['plan-closed']);
  expect(codesOf(await world.approverOf().post(`/exam-plans/${planId}/file`))).toContain('plan-closed');
  must(await close(trainingPlanId));
});

it('A03 a suspended institution files no new plan, and completes and reports the class it began before', async () => {
  const completedOn = '2026-01-30';
  const running = await world.runningClass(2);
  service.clock.set('2026-01-20T09:00:00+08:00');
  const draft = await world.draftedPlan({ startsOn: '2026-03-01', endsOn: '2026-03-20' });
  const status = { organisationId: world.training, from: '2026-01-20', basis: '测试' };
  await service.hear(OrganisationStatusChanged, { ...status, status: 'suspended' });

  const refused = await world.approverOf().post(`/training-plans/${draft}/file`);
  expect([refused.status, codesOf(refused)]).toEqual([422, ['organisation-suspended']]);
  expect(await service.query('select 1 from filing where plan_id = $1', [draft])).toEqual([]);

  const path = `/classes/${running.classId}`;
  const preparer = world.preparerOf();
  service.clock.set(`${completedOn}T17:00:00+08:00`);
  const lesson = {
    reference: 'L1',
    on: '2026-01-12',
    mode: 'offline',
    kind: 'theory',
    hours: 8,
    topic: '一',
    teacher: '陈知远',
  };
  must(await preparer.post(`${path}/lessons`, { lessons: [lesson] }));
  must(await preparer.post(`${path}/attendance`, { all: true, absentEnrolmentIds: [] }));
  const results = running.seats.map((enrolmentId) => ({ enrolmentId, passed: true }));
  must(await preparer.post(`${path}/completion-results`, { examOn: completedOn, results }));
  must(await world.approverOf().post(`${path}/complete`, { completedOn }));
  expect(must(await world.approverOf().post(`${path}/training-report`)).reportId).toEqual(expect.any(String));

  // The resumption is recorded ahead of its day, and the day before it is still judged as suspended.
  await service.hear(OrganisationStatusChanged, { ...status, status: 'active', from: '2026-01-31' });
  expect(codesOf(await world.approverOf().post(`/training-plans/${draft}/file`))).toEqual(['organisation-suspended']);
  service.clock.set('2026-01-31T09:00:00+08:00');
  expect((await world.approverOf().post(`/training-plans/${draft}/file`)).status).toBe(201);
  service.clock.set('2026-01-05T09:00:00+08:00');
});
