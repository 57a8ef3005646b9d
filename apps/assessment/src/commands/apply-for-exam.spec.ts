import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { createHash, randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { applying, aQualifiedSession, aSession, commitmentOf, created } from '../testing/a-session.js';
import { aWorld, hearAClass, hearARule, hearTheRules, learnerCaller } from '../testing/a-world.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const codes = ({ status, body }: { status: number; body: { reasons?: { code: string }[] } }) => [
  status,
  ...(body.reasons ?? []).map(({ code }) => code),
];

it('shows everybody the commitment, and says that its text is our own', async () => {
  const { status, body } = await service.stranger.get('/commitment');

  expect(status).toBe(200);
  expect(body).toMatchObject({ version: '2026-11', status: '待核实' });
  expect(body.sha256).toBe(createHash('sha256').update(body.text).digest('hex'));
  for (const part of ['告知事项', '证明义务', '承诺内容', '不实承诺的责任', '待核实'])
    expect(body.text).toContain(part);
});

it('lets a learner who finished the hours apply, even without passing the completion exam', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const [learner] = world.learners;

  const { body: open } = await learner.caller.get('/sessions/open');
  expect(open.items[0]).toMatchObject({
    sessionId,
    classId: world.classId,
    hours: 80,
    applied: false,
    conditionsStatus: 'known',
  });
  const { applicationId } = created(await applying(world, sessionId, learner));

  expect((await learner.caller.get('/applications/mine')).body.items).toMatchObject([
    { id: applicationId, sessionId, state: 'submitted', condition: 2, admissionNumber: null },
  ]);
  const { body: listed } = await world.preparer.get(`/sessions/${sessionId}/applications`);
  expect(listed.items).toMatchObject([
    { id: applicationId, maskedName: '王**', completionPassed: false, hours: 80, trainingCertificate: false },
  ]);
  expect(JSON.stringify(listed)).not.toContain(learner.documentNumber);
  expect(JSON.stringify(listed)).not.toContain(learner.name);
  const stored = await service.query('select * from application where id = $1', [applicationId]);
  expect(stored).toMatchObject([{ ...(await commitment(world)), applied_at: '2026-03-02T09:00:00.000+08:00' }]);
  expect(JSON.stringify(stored)).not.toContain(learner.name);
});

const commitment = async (world: Parameters<typeof commitmentOf>[0]) => {
  const { commitmentVersion, commitmentSha256 } = await commitmentOf(world);
  return { commitment_version: commitmentVersion, commitment_sha256: commitmentSha256 };
};

it('takes one application, however often a learner sends it at once', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);

  const answers = await Promise.all(Array.from({ length: 5 }, () => applying(world, sessionId, world.learners[0])));

  expect(answers.map(codes).sort()).toEqual([[201], ...Array<unknown>(4).fill([422, 'already-applied'])]);
});

it('gives the last seat away once, however many ask at the same moment', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world, { seats: 2 });

  const answers = await Promise.all(world.learners.map((learner) => applying(world, sessionId, learner)));

  expect(answers.map(codes).sort()).toEqual([[201], [201], [422, 'session-full']]);
});

it('takes nothing under another text than the one that is shown', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const [learner] = world.learners;

  const wrong = await applying(world, sessionId, learner, { commitmentSha256: 'f'.repeat(64), accepted: false });

  expect(codes(wrong)).toEqual([422, 'commitment-not-accepted', 'commitment-text-changed']);
  expect((await learner.caller.get('/applications/mine')).body.items).toEqual([]);
});

it('asks for hours of the same subject', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const [learner, second] = world.learners;
  const seniorClass = randomUUID();
  const other = { ...second, enrolmentId: randomUUID() };
  await hearAClass(service, { ...world, classId: seniorClass, learners: [other], level: 'senior' });

  const unfinished = await applying(world, sessionId, learner, { classId: randomUUID() });
  const differs = await applying(world, sessionId, second, { classId: seniorClass });

  expect(codes(unfinished)).toEqual([422, 'class-not-completed']);
  expect(codes(differs)).toEqual([422, 'subject-differs']);
});

it('passes nothing while the conditions are 待核实, and no condition that the standard does not list', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const [learner] = world.learners;

  expect(codes(await applying(world, sessionId, learner, { condition: 9 }))).toEqual([422, 'condition-unknown']);
  await hearARule(service, 'conditions', null);
  expect(codes(await applying(world, sessionId, learner))).toEqual([422, 'conditions-unverified']);
  expect((await learner.caller.get('/sessions/open')).body.items[0]).toMatchObject({
    ...{ sessionId, ownPlan: true, conditionsStatus: '待核实', conditions: [] },
  });
  await hearTheRules(service);
});

it('lets nobody apply for somebody else', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const clerk = service.as({ permissions: ['applications:apply'], organisationId: world.evaluationOrganisationId });
  const stranger = learnerCaller(service, randomUUID());

  const byClerk = await applying(world, sessionId, { ...world.learners[0], caller: clerk });
  const byStranger = await applying(world, sessionId, { ...world.learners[0], caller: stranger });

  expect(codes(byClerk)).toEqual([422, 'not-in-person', 'class-not-completed']);
  expect(codes(byStranger)).toEqual([422, 'class-not-completed']);
});

it('shows a learner their own applications and nobody else’s', async () => {
  const world = await aWorld(service);
  const { applications } = await aQualifiedSession(world);
  const [first, second] = world.learners;

  const { body } = await first.caller.get('/applications/mine');
  const foreign = await second.caller.post(`/applications/${applications.get(first.name)}/withdraw`);

  expect((body.items as { id: string }[]).map(({ id }) => id)).toEqual([applications.get(first.name)]);
  expect(foreign.status).toBe(404);
});

it('closes when the day of the first paper is over', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  const [early, late] = world.learners;

  service.clock.set('2026-03-10T23:59:59+08:00');
  const { applicationId } = created(await applying(world, sessionId, early));
  service.clock.set('2026-03-11T00:00:00+08:00');

  expect(codes(await applying(world, sessionId, late))).toEqual([422, 'session-closed']);
  const withdrawing = await early.caller.post(`/applications/${applicationId}/withdraw`);
  expect(codes(withdrawing)).toEqual([422, 'session-closed']);
  expect((await late.caller.get('/sessions/open')).body.items).toEqual([]);
});

it('frees the seat of whoever takes an application back, and lets them apply again', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world, { seats: 1 });
  const [first, second] = world.learners;
  const { applicationId } = created(await applying(world, sessionId, first));
  const withdraw = () => first.caller.post(`/applications/${applicationId}/withdraw`);

  expect((await withdraw()).status).toBe(201);
  expect(codes(await withdraw())).toEqual([422, 'application-ended']);

  expect((await applying(world, sessionId, second)).status).toBe(201);
  expect(codes(await applying(world, sessionId, first))).toEqual([422, 'session-full']);
});
