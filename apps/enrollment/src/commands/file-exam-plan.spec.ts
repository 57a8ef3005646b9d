import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExamPlanDrafted, ExamPlanFiled, OrganisationRegistered, roles } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { aTrainingPlan, codesOf, must, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const file = (planId: string) => world.approverOf().post(`/exam-plans/${planId}/file`);
const stateOf = async (planId: string) => (await world.preparerOf().get(`/exam-plans/${planId}`)).body.state;

it('asks the evaluation institution, waits for its answer, and files', async () => {
  const trainingPlanId = await world.filedPlan();
  const planId = await world.draftedExamPlan(trainingPlanId, { contact: '陈知远 13900000001' });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: ExamPlanDrafted.type,
    data: { planId, version: 1, trainingPlanId, evaluationOrganisationId: world.evaluation, subject },
  });

  const early = await file(planId);
  await world.answered(planId);
  const filed = await file(planId);

  expect(codesOf(early)).toEqual(['consent-missing']);
  expect(must(filed)).toMatchObject({ planId, version: 1, filedAt: expect.any(String) });
  expect((await service.announced()).at(-1)).toMatchObject({ type: ExamPlanFiled.type, data: { planId } });
  expect(codesOf(await file(planId))).toEqual(['already-filed']);
  expect(
    codesOf(await world.preparerOf().put(`/exam-plans/${planId}`, world.anExamPlan(trainingPlanId), { ifMatch: 1 })),
  ).toEqual(['already-filed']);
});

it('shows the contact to the institution itself and keeps it out of what was filed', async () => {
  const contact = '陈知远 13900000001';
  const planId = await world.draftedExamPlan(await world.filedPlan(), { contact });
  await world.answered(planId);
  must(await file(planId));

  expect((await world.preparerOf().get(`/exam-plans/${planId}`)).body).toMatchObject({ contact });
  expect((await world.department.get(`/exam-plans/${planId}`)).body).toMatchObject({ contact: null });
  const kept = await service.query('select content::text as content from plan_version where plan_id = $1', [planId]);
  expect(JSON.stringify(kept)).not.toContain('13900000001');
  expect(JSON.stringify(await service.announced())).not.toContain('13900000001');
});

it('takes a refusal with its reason, and an answer to an older version for nothing', async () => {
  const trainingPlanId = await world.filedPlan();
  const planId = await world.draftedExamPlan(trainingPlanId);
  await world.answered(planId, { consented: false, reason: '考位不足' });
  expect((await world.preparerOf().get(`/exam-plans/${planId}`)).body).toMatchObject({
    state: 'refused',
    answerReason: '考位不足',
  });
  expect(codesOf(await file(planId))).toEqual(['consent-missing']);

  const amended = await world
    .preparerOf()
    .put(`/exam-plans/${planId}`, world.anExamPlan(trainingPlanId, { plannedSeats: 20 }), { ifMatch: 1 });
  expect(must(amended)).toEqual({ planId, version: 2 });
  await world.answered(planId, { version: 1 });
  expect(await stateOf(planId)).toBe('drafted');
  await world.answered(planId, { version: 2 });
  expect(await stateOf(planId)).toBe('consented');
  expect((await file(planId)).status).toBe(201);
  await world.answered(planId, { version: 2, consented: false, reason: '迟到的答复' });
  expect(await stateOf(planId)).toBe('filed');
});

it('does not take an answer from another evaluation institution', async () => {
  const planId = await world.draftedExamPlan(await world.filedPlan());

  await world.answered(planId, { evaluationOrganisationId: randomUUID() });

  expect(await stateOf(planId)).toBe('drafted');
});

it('asks the directory about the evaluation institution on the first and the last day of the exam', async () => {
  const evaluation = randomUUID();
  await world.institution(evaluation, 'evaluation-institution');
  await world.entry({ organisationId: evaluation, role: 'evaluation', to: '2026-03-20' });
  const filedWith = async (more: object) => {
    const planId = await world.draftedExamPlan(await world.filedPlan(), {
      evaluationOrganisationId: evaluation,
      ...more,
    });
    await world.answered(planId, { evaluationOrganisationId: evaluation });
    return file(planId);
  };

  expect(codesOf(await filedWith({ examTo: '2026-03-21' }))).toEqual(['directory-dates']);
  expect((await filedWith({ examTo: '2026-03-20' })).status).toBe(201);
});

describe('where one body trains and examines', () => {
  /** The examining part of that body: by the same name, or by the same credit code. */
  async function filedWith(same: { readonly name?: string; readonly creditCode?: string }) {
    const evaluation = randomUUID();
    const body = { ...{ name: `评价部${evaluation}`, creditCode: null, cityCode: '370100' }, ...same };
    await service.hear(OrganisationRegistered, {
      ...{ organisationId: evaluation, role: 'evaluation-institution', ...body },
    });
    await world.entry({ organisationId: evaluation, role: 'evaluation' });
    const planId = await world.draftedExamPlan(await world.filedPlan(), { evaluationOrganisationId: evaluation });
    await world.answered(planId, { evaluationOrganisationId: evaluation });
    return file(planId);
  }
  const name = `机构${world.training.slice(0, 4)}`;
  const separated = 'training-evaluation-separated';
  const set = (value: object | null, from: string) => world.rule(separated, value, { from, confidence: 'R' });

  it('files, and shows that nobody has read whether it may: 待核实', async () => {
    const filed = must(await filedWith({ name }));

    expect(filed).toMatchObject({ unverified: [separated] });
    const { body } = await world.department.get(`/filings/${filed.planId}`);
    expect(body).toMatchObject({ unverified: [separated], judgedBy: { unverified: [separated] } });
    expect(must(await filedWith({}))).toMatchObject({ unverified: [] });
  });

  it('refuses it once the office has set that they are separated, and no longer once it has set otherwise', async () => {
    await set(null, '2026-01-01');
    expect(must(await filedWith({ name }))).toMatchObject({ unverified: [separated] });

    await set({ separated: true }, '2026-01-02');
    const refused = await filedWith({ name });
    expect(codesOf(refused)).toEqual(['training-evaluation-not-separated']);
    expect(refused.body.reasons).toMatchObject([
      { title: expect.stringContaining('培训与评价须分离'), source: expect.stringContaining(separated) },
    ]);
    expect((await filedWith({})).status).toBe(201);

    await set({ separated: false }, '2026-01-03');
    expect(must(await filedWith({ name }))).toMatchObject({ unverified: [] });
  });

  it('knows a body by its credit code as well', async () => {
    const creditCode = '91370100MA3DEMP01T';
    await service.hear(OrganisationRegistered, {
      ...{ organisationId: world.training, name, creditCode, cityCode: '370100', role: 'training-institution' },
    });
    await set({ separated: true }, '2026-01-04');

    expect(codesOf(await filedWith({ creditCode }))).toEqual(['training-evaluation-not-separated']);
    await set({ separated: false }, '2026-01-05');
  });
});

it('files no exam for a training plan that is not on file, nor for another subject', async () => {
  const draft = await world.draftedPlan();
  const early = await world.draftedExamPlan(draft);
  await world.answered(early);
  const filed = await world.filedPlan();
  const other = { subject: { ...subject, level: 'senior' } };
  must(await world.preparerOf().put(`/training-plans/${filed}`, aTrainingPlan(other), { ifMatch: 1 }));
  const differing = await world.draftedExamPlan(filed);
  await world.answered(differing);

  expect(codesOf(await file(early))).toEqual(['plan-not-filed']);
  expect(codesOf(await file(differing))).toEqual(['subject-differs']);
});

it('tells whoever prepared it, or a wrong partner, or wrong days', async () => {
  const trainingPlanId = await world.filedPlan();
  const own = must(await world.approverOf().post('/exam-plans', world.anExamPlan(trainingPlanId))).planId;
  await world.answered(own);

  expect(codesOf(await file(own))).toEqual(['same-person']);
  const wrong = world.anExamPlan(trainingPlanId, { examTo: '2026-03-01', evaluationOrganisationId: world.training });
  expect(codesOf(await world.preparerOf().post('/exam-plans', wrong))).toEqual([
    'dates-order',
    'not-evaluation-institution',
  ]);
  const unknown = world.anExamPlan(trainingPlanId, { evaluationOrganisationId: randomUUID() });
  expect((await world.preparerOf().post('/exam-plans', unknown)).body.code).toBe('not-yet-known');
});

it('shows an exam plan to both institutions, the department and its city, and to nobody else', async () => {
  const planId = await world.draftedExamPlan(await world.filedPlan());
  await world.answered(planId);
  must(await file(planId));
  const reader = (organisationId: string) => service.as({ organisationId, permissions: roles['training-preparer'] });
  const statusFor = async (caller: ReturnType<typeof reader>) => (await caller.get(`/exam-plans/${planId}`)).status;

  expect(await statusFor(reader(world.evaluation))).toBe(200);
  expect(await statusFor(world.department)).toBe(200);
  expect(await statusFor(world.cityOfficer())).toBe(200);
  expect(await statusFor(world.cityOfficer('370200'))).toBe(404);
  expect(await statusFor(reader(randomUUID()))).toBe(404);
  const foreign = await world
    .preparerOf(randomUUID())
    .put(`/exam-plans/${planId}`, world.anExamPlan(planId), { ifMatch: 1 });
  expect(foreign.status).toBe(404);
  expect((await world.approverOf(world.evaluation).post(`/exam-plans/${planId}/file`)).status).toBe(404);
  expect((await world.department.get('/exam-plans', { state: 'filed' })).body.total).toBeGreaterThan(0);
});
