import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ExamPlanDrafted, LearnersEnrolled, TrainingCertificatesIssued } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { applying, aSession, created } from '../testing/a-session.js';
import { anExamPlan, aWorld, subject, type World } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
afterAll(() => service.stop());

const aDraft = (world: World, planId: string, version: number) => ({
  ...{ planId, version, organisationId: world.trainingOrganisationId, cityCode: '370100', subject },
  ...{ trainingPlanId: world.trainingPlanId, evaluationOrganisationId: world.evaluationOrganisationId },
  ...{ plannedSeats: 40, examFrom: '2026-03-05', examTo: '2026-03-25', site: '青岛市考核站点' },
});

it('asks for a new answer, and for a new filing, when a plan comes in a new version', async () => {
  const world = await aWorld(service);
  const planId = await anExamPlan(world);

  await service.hear(ExamPlanDrafted, aDraft(world, planId, 2));

  expect((await world.approver.get(`/exam-plans/${planId}`)).body).toMatchObject({
    ...{ state: 'drafted', version: 2, site: '青岛市考核站点' },
  });
  const body = { planId, theoryOn: '2026-03-10', abilityOn: '2026-03-11', site: '青岛市考核站点', seats: 10 };
  expect((await world.preparer.post('/sessions', body)).body.code).toBe('plan-not-filed');
});

it('keeps the answer when it hears the plan again after a rebuild', async () => {
  const world = await aWorld(service);
  const planId = await anExamPlan(world, { filed: false });
  created(await world.approver.post(`/exam-plans/${planId}/answer`, { version: 1, consented: true }));

  await service.query('delete from known_exam_plan where plan_id = $1', [planId]);
  await service.hear(ExamPlanDrafted, aDraft(world, planId, 1));

  expect((await world.approver.get(`/exam-plans/${planId}`)).body).toMatchObject({ state: 'consented' });
});

it('takes one batch that names the same learner twice, and keeps names and numbers sealed', async () => {
  const world = await aWorld(service);
  const [learner] = world.learners;
  const enrolled = (name: string) => ({
    ...{ enrolmentId: randomUUID(), personId: learner.personId, name, documentKind: 'resident-id' },
    ...{ documentNumber: learner.documentNumber, numberIndex: 'n'.repeat(43), nameIndex: 'm'.repeat(43) },
    activationDigest: 'a'.repeat(64),
  });
  const organisationId = world.trainingOrganisationId;

  await service.hear(LearnersEnrolled, {
    ...{ classId: randomUUID(), organisationId, learners: [enrolled('王旧名'), enrolled('王新名')] },
  });

  const kept = await service.query('select * from known_person where person_id = $1', [learner.personId]);
  expect(JSON.stringify(kept)).not.toMatch(/王|370102/);
  const sessionId = await aSession(world);
  created(await applying(world, sessionId, learner));
  const { body } = await world.preparer.get(`/sessions/${sessionId}/applications`);
  expect(body.items[0].maskedName).toBe('王**');
});

it('shows who holds a training certificate from the class they apply with', async () => {
  const world = await aWorld(service);
  const [learner] = world.learners;
  const sessionId = await aSession(world);
  created(await applying(world, sessionId, learner));
  const { enrolmentId, personId } = learner;

  await service.hear(TrainingCertificatesIssued, {
    ...{ classId: world.classId, organisationId: world.trainingOrganisationId, issuedOn: '2026-03-01' },
    certificates: [{ trainingCertificateId: randomUUID(), enrolmentId, personId, number: null }],
  });

  const { body } = await world.preparer.get(`/sessions/${sessionId}/applications`);
  expect(body.items).toMatchObject([{ trainingCertificate: true, hours: 80 }]);
});

it('shows an institution the training of nobody but those who applied to it', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const sessionId = await aSession(world);
  created(await applying(world, sessionId, world.learners[0]));
  const seenBy = (organisationId: string) =>
    service.acting({ reach: 'organisation', organisationId, permissions: [] }, () =>
      service.db.read<{ id: string }>('select person_id as id from known_completion'),
    );

  expect(await seenBy(world.evaluationOrganisationId)).toEqual([{ id: world.learners[0].personId }]);
  expect(await seenBy(other.evaluationOrganisationId)).toEqual([]);
});
