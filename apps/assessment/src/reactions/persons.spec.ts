import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  EnrolmentsWithdrawn,
  PersonAmended,
  PersonsMerged,
  TrainingCertificateAmended,
  TrainingCertificatesIssued,
} from '@shuzheng/contracts';
import { Personal } from '@shuzheng/platform';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { assessment } from '../index.js';
import { applying, aQualifiedSession, aSatSession, aSession, created, marksFor } from '../testing/a-session.js';
import { aWorld, hearAClass, type Learner, learnerCaller, type World } from '../testing/a-world.js';
import { codes, report } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const hearWithdrawal = (world: World, { enrolmentId, personId }: Learner) =>
  service.hear(EnrolmentsWithdrawn, {
    ...{ classId: world.classId, organisationId: world.trainingOrganisationId, withdrawnOn: '2026-03-09' },
    enrolments: [{ enrolmentId, personId, reason: 'own-wish' }],
  });
const sessionOf = async (world: World, sessionId: string) =>
  (await world.preparer.get(`/sessions/${sessionId}`)).body as { taken: number; counts: object };
const rulesOf = ({ body }: { body: { refused: { rule: string }[] } }) => body.refused.map(({ rule }) => rule);

it('A30 refuses the result of a trainee who left the class, and reports the others without them', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const [left] = world.learners;

  await hearWithdrawal(world, left);
  const path = `/sessions/${sitting.sessionId}`;
  const answer = created<{ refused: { rule: string }[]; recorded: object[] }>(
    await world.preparer.post(`${path}/results`, { results: marksFor(sitting) }),
  );

  expect([answer.recorded.length, rulesOf({ body: answer })]).toEqual([2, ['enrolment-withdrawn']]);
  created(await world.approver.post(`${path}/release`));
  expect(created<object>(await report(world, sitting.sessionId))).toMatchObject({ rows: 2 });
  expect((await left.caller.get('/applications/mine')).body.items).toMatchObject([
    { state: 'withdrawn', endReason: 'enrolment-withdrawn' },
  ]);
});

it('A30 ends the applications of whoever leaves the class, frees the seat, and takes no new one', async () => {
  const world = await aWorld(service);
  const { sessionId } = await aQualifiedSession(world);
  const other = await aSession(world);
  const [left] = world.learners;
  expect((await sessionOf(world, sessionId)).taken).toBe(3);

  await hearWithdrawal(world, left);
  await hearWithdrawal(world, left);

  expect(await sessionOf(world, sessionId)).toMatchObject({ taken: 2, counts: { qualified: 2, withdrawn: 1 } });
  expect(codes(await applying(world, other, left))).toEqual([422, 'enrolment-withdrawn']);
  expect((await left.caller.get('/sessions/open')).body.items).toEqual([]);
});

it('A30 ends the application of whoever leaves the class before the result is released, and keeps the marks', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const path = `/sessions/${sitting.sessionId}`;
  created(await world.preparer.post(`${path}/results`, { results: marksFor(sitting) }));

  await hearWithdrawal(world, world.learners[0]);

  const { items } = (await world.preparer.get(`${path}/applications`)).body;
  expect(items).toContainEqual(expect.objectContaining({ state: 'withdrawn', enrolmentWithdrawn: true }));
});

it('A29 finds a person under the new name, and no longer under the old one, with one history', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const [person] = world.learners;
  const personal = new Personal('tests', ['index'], service.config);
  const [name, documentNumber] = ['王新名', '37010219850101002X'];
  const amend = (version: number) =>
    service.hear(PersonAmended, {
      ...{ personId: person.personId, version, name, documentKind: 'resident-id', documentNumber },
      numberIndex: personal.numberIndex('resident-id', documentNumber),
      nameIndex: personal.nameIndex(name),
    });

  await amend(2);
  await amend(2);

  const lookup = (question: object) =>
    world.preparer.post('/candidates/lookup', { documentKind: 'resident-id', ...question });
  expect((await lookup({ documentNumber, name })).body.items).toHaveLength(1);
  expect((await lookup({ documentNumber: person.documentNumber, name: person.name })).body.items).toEqual([]);
  const kept = await service.query('select * from application_identity');
  expect(kept).toHaveLength(1);
  expect(JSON.stringify(kept)).not.toMatch(/王|370102/);
  const path = `/sessions/${sitting.sessionId}`;
  created(await world.preparer.post(`${path}/results`, { results: marksFor(sitting) }));
  created(await world.approver.post(`${path}/release`));
  created(await report(world, sitting.sessionId));
  const { rows } = (await service.announced()).at(-1)?.data as { rows: { personId: string; name: string }[] };
  expect(rows.find(({ personId }) => personId === person.personId)).toMatchObject({ name, documentNumber });
});

it('shows one history when two entries turn out to be one person', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  created(await world.preparer.post(`/sessions/${sitting.sessionId}/results`, { results: marksFor(sitting) }));
  created(await world.approver.post(`/sessions/${sitting.sessionId}/release`));
  const [alias, person] = world.learners;
  const last = randomUUID();

  await service.hear(PersonsMerged, {
    ...{ personId: person.personId, mergedPersonId: alias.personId, mergedAt: '2026-03-12T10:00:00.000+08:00' },
  });

  // In one and the same session both entries had applied: the second stays beside the first.
  expect((await person.caller.get('/applications/mine')).body.total).toBe(1);
  await service.hear(PersonsMerged, {
    ...{ personId: last, mergedPersonId: person.personId, mergedAt: '2026-03-12T11:00:00.000+08:00' },
  });
  const merged = learnerCaller(service, last);
  expect((await merged.get('/results/mine')).body).toMatchObject({ total: 1, items: [{ outcome: 'passed' }] });
  expect((await person.caller.get('/results/mine')).body.items).toEqual([]);
  const classId = randomUUID();
  await hearAClass(service, {
    ...{ classId, trainingPlanId: world.trainingPlanId, trainingOrganisationId: world.trainingOrganisationId },
    learners: [{ ...alias, enrolmentId: randomUUID() }],
  });
  expect(await service.query('select person_id as id from known_completion where class_id = $1', [classId])).toEqual([
    { id: last },
  ]);
});

/** Heard from the class: that a learner was given a certificate, and what became of it. */
async function certified(world: World, { enrolmentId, personId }: Learner) {
  const { classId, trainingOrganisationId: organisationId } = world;
  const trainingCertificateId = randomUUID();
  await service.hear(TrainingCertificatesIssued, {
    ...{ classId, organisationId, issuedOn: '2026-03-01' },
    certificates: [{ trainingCertificateId, enrolmentId, personId, number: null }],
  });
  return (kind: string) =>
    service.hear(TrainingCertificateAmended, {
      ...{ classId, organisationId, trainingCertificateId, kind, enrolmentId, personId },
      ...{ amendedOn: '2026-03-03', number: 'X-1' },
    });
}

it('no longer shows a training certificate that was revoked', async () => {
  const world = await aWorld(service);
  const [learner] = world.learners;
  const sessionId = await aSession(world);
  created(await applying(world, sessionId, learner));
  const amend = await certified(world, learner);
  const holds = async () =>
    (await world.preparer.get(`/sessions/${sessionId}/applications`)).body.items[0].trainingCertificate as boolean;

  await amend('corrected');
  expect(await holds()).toBe(true);
  await amend('revoked');
  expect(await holds()).toBe(false);
});

it('A30 refuses the result of a trainee whose training certificate was revoked, and keeps what was released', async () => {
  const world = await aWorld(service);
  const sitting = await aSatSession(world);
  const path = `/sessions/${sitting.sessionId}`;
  const [left, released] = world.learners;
  const amendments = [await certified(world, left), await certified(world, released)] as const;
  const results = marksFor(sitting);
  created(await world.preparer.post(`${path}/results`, { results: results.slice(1) }));
  created(await world.approver.post(`${path}/release`));

  for (const amend of amendments) await amend('revoked');
  const answer = created<{ refused: { rule: string }[]; recorded: object[] }>(
    await world.preparer.post(`${path}/results`, { results: results.slice(0, 1) }),
  );

  expect([answer.recorded.length, rulesOf({ body: answer })]).toEqual([0, ['training-certificate-revoked']]);
  expect((await left.caller.get('/applications/mine')).body.items).toMatchObject([
    { state: 'withdrawn', endReason: 'training-certificate-revoked' },
  ]);
  expect((await released.caller.get('/applications/mine')).body.items).toMatchObject([{ state: 'qualified' }]);
  expect((await released.caller.get('/results/mine')).body).toMatchObject({ total: 1, items: [{ outcome: 'passed' }] });
});

it('A30 takes an application again once another training certificate was issued', async () => {
  const world = await aWorld(service);
  const [learner] = world.learners;
  const sessionId = await aSession(world);
  const amend = await certified(world, learner);
  await amend('revoked');

  const refused = await applying(world, sessionId, learner);
  await certified(world, learner);

  expect(codes(refused)).toEqual([422, 'training-certificate-revoked']);
  created(await applying(world, sessionId, learner));
});
