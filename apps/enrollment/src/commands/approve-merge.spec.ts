import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PersonsMerged, roles } from '@shuzheng/contracts';
import { idCheckCharacter } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import { codesOf, itemsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const approver = service.as({ reach: 'province', permissions: roles['department-approver'] });
const reason = '两份证件属于同一人';
// Each pair has a name of its own: those of one name and one birth date would be proposed to each other.
let pairs = 0;
const aName = () => `赵${'甲乙丙丁戊己庚辛壬癸'[pairs++] ?? ''}`;
let passports = 0;
const aPassport = () => ({ documentKind: 'passport', documentNumber: `E8${String(++passports).padStart(7, '0')}` });

const enroll = async (learner: object, into?: string) => {
  const classId = into ?? (await world.openClass());
  must(await world.preparerOf().post(`/classes/${classId}/enrolments`, { learners: [learner] }));
  const seat = itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`)).at(-1);
  return { classId, enrolmentId: String(seat?.['id']), personId: String(seat?.['personId']) };
};
/** One human being with two documents, in two classes. */
async function twice(into?: string) {
  const learner = world.aLearner({ name: aName() });
  const first = await enroll(learner, into);
  const second = await enroll({ ...learner, ...aPassport() }, into);
  const [proposal] = itemsOf(await world.department.get('/persons/merge-proposals', { limit: 200 })).filter(
    (proposal) => JSON.stringify(proposal).includes(first.personId),
  );
  return { learner, first, second, proposalId: String(proposal?.['id']), proposal };
}
const confirm = (id: string, keepPersonId: string) =>
  world.department.post(`/persons/merge-proposals/${id}/confirm`, { keepPersonId, reason });
const decide = (id: string, verb: string, caller = approver) =>
  caller.post(`/persons/merge-proposals/${id}/${verb}`, verb === 'approve' ? {} : { reason });

it('finds two entries under one name and phone, and merges them after two people said so', async () => {
  const { learner, first, second, proposalId, proposal } = await twice();
  expect(proposal).toMatchObject({
    state: 'found',
    signals: ['same-phone'],
    status: { waitsFor: 'department-officer' },
    kept: { classes: 1, maskedName: expect.stringMatching(/^赵\*/) },
    other: { classes: 1 },
  });
  // Both were met at one moment of a clock that stands still: the officer says which one stays.
  expect(JSON.stringify(proposal)).toContain(second.personId);
  must(await confirm(proposalId, first.personId));
  const before = await service.query('select person_id from enrolment where id = $1', [second.enrolmentId]);
  expect(before).toEqual([{ person_id: second.personId }]);

  must(await decide(proposalId, 'approve'));

  expect((await service.announced()).at(-1)).toMatchObject({
    type: PersonsMerged.type,
    data: { personId: first.personId, mergedPersonId: second.personId },
  });
  const { name, documentKind, documentNumber } = learner;
  const { body } = await world.department.post('/persons/lookup', { name, documentKind, documentNumber });
  const { classes } = body as { classes: { classId: string }[] };
  expect(classes.map(({ classId }) => classId).sort()).toEqual([first.classId, second.classId].sort());
  expect((await approver.get(`/persons/merge-proposals/${proposalId}`)).body).toMatchObject({
    state: 'approved',
    status: { title: '已合并', waitsFor: null },
  });
  expect(codesOf(await decide(proposalId, 'approve'))).toEqual(['merge-decided', 'already-merged']);
});

it('finds two entries under one name and birth date', async () => {
  const [one, other] = ['37010219880808001', '37010319880808002'];
  const name = '孙同日';
  const numbered = (body = '') => world.aLearner({ name, documentNumber: body + idCheckCharacter(body) });
  await enroll(numbered(one));
  await enroll(numbered(other));

  const found = itemsOf(await world.department.get('/persons/merge-proposals', { state: 'found', limit: 200 }));

  expect(found).toContainEqual(expect.objectContaining({ signals: ['same-birth-date'] }));
});

it('holds somebody new against the first five of one name and phone, not against everybody', async () => {
  const classId = await world.openClass();
  const learner = world.aLearner({ name: '钱同名' });
  const learners = Array.from({ length: 12 }, () => ({ ...learner, ...aPassport() }));
  must(await world.preparerOf().post(`/classes/${classId}/enrolments`, { learners }));
  await enroll({ ...learner, ...aPassport() }, classId);

  const pairs = await service.query<{ signals: string[] }>(
    `select signals from merge_proposal where person_id in (select person_id from enrolment where class_id = $1)`,
    [classId],
  );

  // Five among themselves, and each of the other eight with those five.
  expect(pairs.length).toBe(10 + 8 * 5);
  expect(pairs.every(({ signals }) => signals.includes('same-phone'))).toBe(true);
});

it('takes the merged person by either document from then on', async () => {
  const { learner, first, second, proposalId } = await twice();
  must(await confirm(proposalId, second.personId));
  must(await decide(proposalId, 'approve'));
  const next = await world.openClass({ startsOn: '2026-02-11', endsOn: '2026-03-10' });

  const { personId } = await enroll(learner, next);

  expect(personId).toBe(second.personId);
  expect(await service.query('select merged_into from person where id = $1', [first.personId])).toEqual([
    { merged_into: second.personId },
  ]);
});

it('does not merge two who sit in one class', async () => {
  const { first, second, proposalId } = await twice(await world.openClass());
  must(await confirm(proposalId, first.personId));

  expect(codesOf(await decide(proposalId, 'approve'))).toEqual(['merge-conflicts']);
  const kept = await service.query('select person_id from enrolment where id = $1', [second.enrolmentId]);
  expect(kept).toEqual([{ person_id: second.personId }]);
});

it('asks two people, and knows every state it may not go on from', async () => {
  const { first, second, proposalId } = await twice();
  const everything = service.as({ reach: 'province', permissions: ['persons:merge', 'persons:approve'] });

  expect(codesOf(await decide(proposalId, 'approve'))).toEqual(['merge-not-confirmed']);
  expect(codesOf(await decide(proposalId, 'refuse'))).toEqual(['merge-not-confirmed']);
  expect(codesOf(await confirm(proposalId, randomUUID()))).toEqual(['not-in-merge']);
  must(
    await everything.post(`/persons/merge-proposals/${proposalId}/confirm`, { keepPersonId: first.personId, reason }),
  );
  expect(codesOf(await confirm(proposalId, first.personId))).toEqual(['merge-confirmed']);
  expect(codesOf(await decide(proposalId, 'approve', everything))).toEqual(['same-person']);
  expect(codesOf(await decide(proposalId, 'refuse', everything))).toEqual(['same-person']);
  must(await decide(proposalId, 'refuse'));
  expect(codesOf(await decide(proposalId, 'dismiss', world.department))).toEqual(['merge-decided']);
  must(await confirm(proposalId, first.personId));
  must(await decide(proposalId, 'dismiss', world.department));
  const byHand = { personId: first.personId, otherPersonId: second.personId, reason };
  expect(codesOf(await world.department.post('/persons/merge-proposals', byHand))).toEqual(['merge-exists']);
});

it('merges what an officer proposes by hand, once', async () => {
  const [one, two, three] = [
    await enroll(world.aLearner()),
    await enroll(world.aLearner()),
    await enroll(world.aLearner()),
  ];
  const propose = (personId: string, otherPersonId: string) =>
    world.department.post('/persons/merge-proposals', { personId, otherPersonId, reason });
  const { proposalId } = (await propose(one.personId, two.personId)).body;
  const { proposalId: later } = (await propose(three.personId, two.personId)).body;

  const answers = await Promise.all(Array.from({ length: 6 }, () => decide(proposalId, 'approve')));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(codesOf(await decide(later, 'approve'))).toEqual(['already-merged']);
  expect(codesOf(await propose(two.personId, three.personId))).toContain('already-merged');
  expect((await propose(one.personId, one.personId)).status).toBe(404);
});

it('shows proposals to the department only', async () => {
  const { proposalId } = await twice();

  const answers = [
    await world.preparerOf().get(`/persons/merge-proposals/${proposalId}`),
    await world.preparerOf().get('/persons/merge-proposals'),
    await world.preparerOf().post(`/persons/merge-proposals/${proposalId}/dismiss`, { reason }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
});
