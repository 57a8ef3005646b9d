import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { TrainingCertificateAmended, TrainingCertificatesIssued } from '@shuzheng/contracts';
import { canonicalDigest } from '@shuzheng/platform';
import { roles } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { codesOf, itemsOf, must, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());
beforeEach(() => service.clock.set('2026-01-05T09:00:00+08:00'));

const { service } = world;
const secondApprover = () =>
  service.as({ organisationId: world.training, permissions: roles['training-approver'], sessionId: randomUUID() });
const issue = (classId: string, more: object = {}) =>
  world.approverOf().post(`/classes/${classId}/training-certificates`, { issuedOn: '2026-01-20', ...more });
const correct = (id: string, body: object, ifMatch = 1) =>
  world.approverOf().post(`/training-certificates/${id}/corrections`, { reason: '录入有误', ...body }, { ifMatch });
const propose = (id: string, why: object = { reason: 'issued-wrongly' }) =>
  world.approverOf().post(`/training-certificates/${id}/revocations`, why);
const find = async (id: string) => (await world.department.get(`/training-certificates/${id}`)).body;

/** A completed class in which the first learner has certificate N-n. */
async function certified() {
  const { classId, seats } = await world.completedClass('2026-01-20', 3);
  const number = `N-${randomUUID()}`;
  must(await issue(classId, { numbers: [{ enrolmentId: seats[0], number }] }));
  const listed = itemsOf(await world.approverOf().get('/training-certificates', { classId, sort: 'number' }));
  return { classId, seats, number, id: String(listed[0]?.['id']), other: String(listed[1]?.['id']) };
}

it('lists certificates by class, number and state, with the name masked', async () => {
  const { classId, number, id, seats } = await certified();
  const list = (query: Record<string, string>) => world.department.get('/training-certificates', query);

  expect((await list({ classId })).body.total).toBe(2);
  expect(itemsOf(await list({ number }))).toMatchObject([
    {
      id,
      classId,
      enrolmentId: seats[0],
      number,
      state: 'issued',
      version: 1,
      maskedName: '学**',
      issuedOn: '2026-01-20',
    },
  ]);
  expect((await list({ classId, state: 'revoked' })).body.total).toBe(0);
  expect((await list({ classId, issuedFrom: '2026-01-21' })).body.total).toBe(0);
  expect((await world.approverOf(randomUUID()).get('/training-certificates')).body.total).toBe(0);
  expect((await world.approverOf(randomUUID()).get(`/training-certificates/${id}`)).status).toBe(404);
});

it('corrects a number: a new version under the same day, the earlier one stays, and nobody else may have it', async () => {
  const { classId, id, other, number } = await certified();

  expect(codesOf(await correct(id, { number }))).toEqual(['correction-empty']);
  const answer = await correct(id, { number: `${number}-A` });
  expect(answer.body).toEqual({ certificateId: id, version: 2 });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: TrainingCertificateAmended.type,
    data: { classId, trainingCertificateId: id, kind: 'corrected', amendedOn: '2026-01-20', number: `${number}-A` },
  });
  expect(await find(id)).toMatchObject({
    number: `${number}-A`,
    version: 2,
    issuedOn: '2026-01-20',
    earlier: [{ version: 1, number, maskedName: '学**', reason: '录入有误' }],
  });
  expect((await correct(id, { number: 'X' }, 1)).status).toBe(409);
  expect(codesOf(await correct(other, { number: `${number}-A` }))).toEqual(['certificate-number-taken']);
  expect(codesOf(await correct(other, { number }))).toEqual(['certificate-number-taken']);
});

it('prints another name only where the registry knows the person by it', async () => {
  const { id } = await certified();
  const amended = '欧阳明';

  expect(codesOf(await correct(id, { holderName: amended }))).toContain('holder-name-differs');
  const [{ personId }] = (await service.query(
    'select person_id as "personId" from training_certificate where id = $1',
    [id],
  )) as [{ personId: string }];
  await rename(personId, amended);
  expect((await find(id)).maskedName).toBe('学**');
  must(await correct(id, { holderName: ' 欧阳明 ' }));

  expect(await find(id)).toMatchObject({ maskedName: '欧阳*', version: 2, earlier: [{ maskedName: '学**' }] });
  expect(codesOf(await correct(id, { holderName: amended }, 2))).toEqual(['correction-empty']);
});

/** As an approved amendment of the person does it. */
async function rename(personId: string, name: string) {
  const { Personal } = await import('@shuzheng/platform');
  const personal = service.get(Personal);
  await service.query('update person set name_sealed = $2, name_index = $3 where id = $1', [
    personId,
    personal.seal('person', 'name', personId, name),
    personal.nameIndex(name),
  ]);
}

it('revokes a certificate when a second person approves, and another may then be issued', async () => {
  const { classId, id } = await certified();

  expect(codesOf(await propose(id, { reason: 'other' }))).toEqual(['reason-text-missing']);
  const { body } = await propose(id);
  expect(codesOf(await propose(id))).toEqual(['revocation-open']);
  const path = `/training-certificate-revocations/${body.revocationId}`;
  expect(codesOf(await world.approverOf().post(`${path}/approve`))).toEqual(['same-person']);
  expect((await world.approverOf(randomUUID()).post(`${path}/approve`)).status).toBe(404);
  const answers = await Promise.all([1, 2, 3].map(() => secondApprover().post(`${path}/approve`)));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(codesOf(await secondApprover().post(`${path}/dismiss`))).toEqual(['revocation-decided']);
  expect((await service.announced()).at(-1)).toMatchObject({
    type: TrainingCertificateAmended.type,
    data: { trainingCertificateId: id, kind: 'revoked' },
  });
  expect(await find(id)).toMatchObject({
    state: 'revoked',
    revokedOn: '2026-01-20',
    revokedReason: 'issued-wrongly',
    revocations: [{ state: 'approved', reason: 'issued-wrongly', decidedAt: expect.any(String) }],
  });
  expect(codesOf(await propose(id))).toEqual(['certificate-revoked']);
  expect(codesOf(await correct(id, { number: 'X' }, 2))).toEqual(['certificate-revoked']);
  const seats = itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`));
  expect(seats.map(({ certified: holds }) => holds)).toEqual([false, true, false]);
  expect((await issue(classId)).body).toEqual({ issued: 1, withheld: 0 });
});

it('A30 gives no other certificate to whoever left after the class was completed', async () => {
  const { classId, id } = await certified();
  const { body } = await propose(id, { reason: 'trainee-left' });
  must(await secondApprover().post(`/training-certificate-revocations/${body.revocationId}/approve`));

  expect(codesOf(await issue(classId))).toEqual(['nothing-to-issue']);
  expect(await find(id)).toMatchObject({ state: 'revoked', revokedReason: 'trainee-left' });
});

it('whoever proposed a revocation may take it back, and a class that is not completed has none', async () => {
  const { id } = await certified();
  const { body } = await propose(id, { reason: 'other', text: '误选学员' });

  const taken = await world.approverOf().post(`/training-certificate-revocations/${body.revocationId}/dismiss`);

  expect(taken.body).toEqual({ revocationId: body.revocationId, state: 'dismissed' });
  expect(await find(id)).toMatchObject({ state: 'issued', revocations: [{ state: 'dismissed', text: '误选学员' }] });
  expect((await propose(id)).status).toBe(201);
});

it('withholds certificates from those who are short of the hours, once these are known', async () => {
  const scope = { scope: subject.occupationCode, edition: subject.edition, level: subject.level };
  const { classId, seats } = await world.runningClass(2);
  const preparer = world.preparerOf();
  const lessons = ['L1', 'L2'].map((reference) => ({ ...lesson, reference }));
  const { ids } = must(await preparer.post(`/classes/${classId}/lessons`, { lessons }));
  must(await preparer.post(`/classes/${classId}/attendance`, { lessonId: ids[0].lessonId, absentEnrolmentIds: [] }));
  const absentEnrolmentIds = [seats[1]];
  must(await preparer.post(`/classes/${classId}/attendance`, { lessonId: ids[1]?.lessonId, absentEnrolmentIds }));
  const results = seats.map((enrolmentId) => ({ enrolmentId, passed: true }));
  must(await preparer.post(`/classes/${classId}/completion-results`, { examOn: '2026-01-12', results }));
  must(await world.approverOf().post(`/classes/${classId}/complete`, { completedOn: '2026-01-12' }));
  await world.rule('hours', { total: 16 }, scope);

  const answer = await issue(classId, { issuedOn: '2026-01-12' });

  expect(answer.body).toEqual({ issued: 1, withheld: 1 });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: TrainingCertificatesIssued.type,
    data: { certificates: [{ enrolmentId: seats[0] }] },
  });
  expect(codesOf(await issue(classId, { issuedOn: '2026-01-12' }))).toEqual(['hours-short']);
  await world.rule('hours', null, { ...scope, from: '2026-01-01' });
  expect((await issue(classId, { issuedOn: '2026-01-12' })).body).toEqual({ issued: 1, withheld: 0 });
});

it('proves hours: facts without a name, a number without a gap, and a digest that anybody can check', async () => {
  const open = await world.openClass();
  const { ids } = must(await world.preparerOf().post(`/classes/${open}/enrolments`, { learners: [world.aLearner()] }));
  const prove = (enrolmentId: string | undefined, organisationId = world.training) =>
    world.approverOf(organisationId).post(`/enrolments/${enrolmentId}/hours-proofs`);
  expect(codesOf(await prove(ids[0].enrolmentId))).toEqual(['class-not-begun']);
  const { classId, seats } = await world.completedClass('2026-01-20', 2);

  const { status, body } = await prove(seats[0]);

  expect([status, body]).toMatchObject([201, { number: expect.stringMatching(/^XS-2026-\d{6}$/) }]);
  const [proof] = itemsOf(await world.approverOf().get('/hours-proofs', { enrolmentId: String(seats[0]) }));
  expect(proof).toMatchObject({
    number: body.number,
    classId,
    facts: {
      kind: '学时证明',
      notACertificate: true,
      subject,
      hours: { total: 8, offlineTheory: 8 },
      standardHours: null,
    },
  });
  expect(body.sha256).toBe(canonicalDigest([{ number: body.number, ...(proof?.['facts'] as object) }]));
  expect(JSON.stringify(proof)).not.toMatch(/学员|3701021990/);
  const check = async (number: string, sha256: string) =>
    (await service.stranger.get('/hours-proofs/check', { number, sha256 })).body;
  expect(await check(body.number, body.sha256)).toEqual({ outcome: 'valid' });
  expect(await check(body.number, 'a'.repeat(64))).toEqual({ outcome: 'not-found' });
  expect(await check('XS-2026-999999', body.sha256)).toEqual({ outcome: 'not-found' });
  service.clock.set('2026-01-21T09:00:00+08:00');
  must(await prove(seats[0]));
  expect(await check(body.number, body.sha256)).toEqual({ outcome: 'superseded' });
  expect((await prove(seats[0], randomUUID())).status).toBe(404);
  expect((await world.approverOf(randomUUID()).get('/hours-proofs')).body.total).toBe(0);
  expect(
    await service.query(`select operation, subject from audit where subject = $1`, [`hours-proof:${body.proofId}`]),
  ).toEqual([{ operation: 'enrollment.prove-hours', subject: `hours-proof:${body.proofId}` }]);
});

const lesson = {
  on: '2026-01-12',
  mode: 'offline',
  kind: 'theory',
  hours: 8,
  topic: '第一单元',
  teacher: '陈知远',
};
