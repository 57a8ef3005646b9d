import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LearnersEnrolled, PersonAmended, roles } from '@shuzheng/contracts';
import { maskNumber } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import { codesOf, faultsOf, itemsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const approver = service.as({ reach: 'province', permissions: roles['department-approver'] });
const enroll = async (learner: object) => {
  const classId = await world.openClass();
  const { ids } = must(await world.preparerOf().post(`/classes/${classId}/enrolments`, { learners: [learner] }));
  const [seat] = itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`));
  return { classId, enrolmentId: ids[0].enrolmentId, personId: String(seat?.['personId']) };
};
const ask = (enrolmentId: string, changes: object, caller = world.preparerOf()) =>
  caller.post('/persons/amendments', { enrolmentId, changes, reason: '证件已更换', evidenceSha256: 'a'.repeat(64) });
const decide = (id: string, verb: string, body: object = {}) =>
  approver.post(`/persons/amendments/${id}/${verb}`, body);

it('changes name, document and phone after the department approved, and keeps what was known before', async () => {
  const learner = world.aLearner();
  const { classId, enrolmentId, personId } = await enroll(learner);
  const changes = { name: '欧阳新名', documentKind: 'passport', documentNumber: 'E12345678', phone: '13800000009' };
  const { amendmentId } = must(await ask(enrolmentId, changes));
  const { body } = await approver.get(`/persons/amendments/${amendmentId}`);
  expect(body).toMatchObject({
    personId,
    before: {
      maskedName: '学**',
      documentKind: 'resident-id',
      maskedNumber: maskNumber('resident-id', learner.documentNumber),
    },
    after: { maskedName: '欧阳**', documentKind: 'passport', maskedNumber: 'E1*****78', maskedPhone: '138****0009' },
    status: { title: '待省厅审批', waitsFor: 'department-approver' },
  });

  must(await decide(amendmentId, 'approve'));

  expect((await service.announced()).at(-1)).toMatchObject({
    type: PersonAmended.type,
    data: {
      personId,
      version: 2,
      name: '欧阳新名',
      maskedName: '欧阳**',
      documentKind: 'passport',
      documentNumber: 'E12345678',
    },
  });
  const [seat] = itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`));
  expect(seat).toMatchObject({ personId, maskedName: '欧阳**', maskedNumber: 'E1*****78', maskedPhone: '138****0009' });
  expect(await service.query('select version from person_version where person_id = $1', [personId])).toEqual([
    { version: 1 },
  ]);
  expect(codesOf(await decide(amendmentId, 'approve'))).toEqual(['amendment-decided']);
  expect(codesOf(await decide(amendmentId, 'refuse', { reason: '迟了' }))).toEqual(['amendment-decided']);
  const audit = await service.query('select detail from audit where subject = $1', [`person:${personId}`]);
  expect(JSON.stringify(audit)).not.toContain('E12345678');
});

it('shows whoever asks and whoever decides that the form of a new number is 待核实', async () => {
  const { enrolmentId } = await enroll(world.aLearner());

  const { amendmentId, warnings } = must(await ask(enrolmentId, { documentKind: 'passport', documentNumber: 'AB1' }));

  expect(warnings).toEqual([expect.stringContaining('待核实')]);
  const { body } = await approver.get(`/persons/amendments/${amendmentId}`);
  expect(body).toMatchObject({ before: { warnings: [] }, after: { warnings } });
});

it('meets the same person under the old number and the new one', async () => {
  const learner = world.aLearner();
  const { enrolmentId, personId } = await enroll(learner);
  const changes = { documentKind: 'passport', documentNumber: 'E23456789' };
  must(await decide(must(await ask(enrolmentId, changes)).amendmentId, 'approve'));
  const again = await world.openClass({ startsOn: '2026-02-11', endsOn: '2026-03-10' });
  const enter = (more: object) =>
    world.preparerOf().post(`/classes/${again}/enrolments`, { learners: [{ ...learner, ...more }] });

  must(await enter({}));
  const announced = (await service.announced()).filter(({ type }) => type === LearnersEnrolled.type).at(-1);
  expect(announced?.data['learners']).toMatchObject([{ personId }]);
  expect(faultsOf(await enter(changes))).toMatchObject([{ rule: 'already-enrolled' }]);
  expect(faultsOf(await enter({ ...changes, name: '别人' })).map(({ rule }) => rule)).toEqual([
    'name-differs',
    'already-enrolled',
  ]);
});

it('A29 finds somebody by number and name together, and answers a wrong pair like an unknown person', async () => {
  const learner = world.aLearner();
  const { classId, enrolmentId } = await enroll(learner);
  const { name, documentKind, documentNumber } = learner;
  const look = (more: object = {}, caller = world.preparerOf()) =>
    caller.post('/persons/lookup', { name, documentKind, documentNumber, ...more });

  const found = await look();
  const [wrong, unknown, foreign] = await Promise.all([
    look({ name: '别人' }),
    look({ documentKind: 'passport', documentNumber: 'X99999999' }),
    look({}, world.preparerOf(randomUUID())),
  ]);

  expect([found.status, found.body]).toMatchObject([
    200,
    { found: true, classes: [{ classId, enrolmentId, hours: 0 }] },
  ]);
  expect(wrong.body).toEqual({ found: false, classes: [] });
  expect([unknown.text, foreign.text]).toEqual([wrong.text, wrong.text]);
  expect((await look({}, world.department)).body).toMatchObject({ classes: [{ classId }] });
  const kept = await service.query('select 1 from idempotency where answer::text like $1', [
    `%${enrolmentId}%className%`,
  ]);
  expect(kept).toEqual([]);
});

it('names everything that is wrong with the changes asked for', async () => {
  const { enrolmentId } = await enroll(world.aLearner());
  const wrong = async (changes: object) => codesOf(await ask(enrolmentId, changes));

  expect(await wrong({})).toEqual(['nothing-to-change']);
  expect(await wrong({ documentNumber: 'E1234567' })).toEqual(['document-incomplete']);
  expect(await wrong({ documentKind: '军官证', documentNumber: '1' })).toEqual(['document-kind-unknown']);
  expect(
    await wrong({ name: '', documentKind: 'resident-id', documentNumber: '110105194912310021', phone: '1' }),
  ).toEqual(['name-empty', 'document-check-digit', 'phone-length']);
  must(await ask(enrolmentId, { phone: '13800000001' }));
  expect(await wrong({ phone: '13800000002' })).toEqual(['amendment-open']);
  expect(
    (
      await world
        .preparerOf()
        .post('/persons/amendments', { enrolmentId, changes: {}, reason: '号码 110105194912310021' })
    ).status,
  ).toBe(400);
});

it('does not give one person the number of another', async () => {
  const other = world.aLearner();
  await enroll(other);
  const { enrolmentId } = await enroll(world.aLearner());
  const { documentKind, documentNumber } = other;
  const { amendmentId } = must(await ask(enrolmentId, { documentKind, documentNumber }));

  expect(codesOf(await decide(amendmentId, 'approve'))).toEqual(['number-of-another']);
  must(await decide(amendmentId, 'refuse', { reason: '号码属于另一人' }));

  const [refused] = itemsOf(await world.preparerOf().get('/persons/amendments', { state: 'refused' }));
  expect(refused).toMatchObject({ id: amendmentId, refusedReason: '号码属于另一人', status: { waitsFor: null } });
});

it('changes a phone alone without another version of the person', async () => {
  const { enrolmentId, personId } = await enroll(world.aLearner());
  must(await decide(must(await ask(enrolmentId, { phone: '13811112222' })).amendmentId, 'approve'));

  expect(await service.query('select version from person where id = $1', [personId])).toEqual([{ version: 1 }]);
});

it('lets nobody decide on what they asked for, nor a foreign institution ask or see', async () => {
  const { enrolmentId } = await enroll(world.aLearner());
  const both = service.as({
    reach: 'province',
    organisationId: world.training,
    permissions: ['roster:manage', 'persons:approve'],
  });
  const { amendmentId } = must(await ask(enrolmentId, { phone: '13811113333' }, both));
  const foreign = world.preparerOf(randomUUID());

  expect(codesOf(await both.post(`/persons/amendments/${amendmentId}/approve`))).toEqual(['same-person']);
  expect(codesOf(await both.post(`/persons/amendments/${amendmentId}/refuse`, { reason: '自己' }))).toEqual([
    'same-person',
  ]);
  expect((await ask(enrolmentId, { phone: '13811113333' }, foreign)).status).toBe(404);
  expect((await foreign.get(`/persons/amendments/${amendmentId}`)).status).toBe(404);
  expect((await foreign.get('/persons/amendments')).body.total).toBe(0);
  expect((await world.department.post(`/persons/amendments/${amendmentId}/approve`)).status).toBe(403);
});

it('approves once, however many approvers ask at the same moment', async () => {
  const { enrolmentId, personId } = await enroll(world.aLearner());
  const { amendmentId } = must(await ask(enrolmentId, { name: '新名字' }));

  const answers = await Promise.all(Array.from({ length: 6 }, () => decide(amendmentId, 'approve')));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(await service.query('select version from person where id = $1', [personId])).toEqual([{ version: 2 }]);
});
