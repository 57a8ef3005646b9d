import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { EnrolmentsWithdrawn, LearnersEnrolled } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import type { WholeClass } from '../queries/find-class.js';
import { aLesson, codesOf, itemsOf, must, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());
beforeEach(() => at('2026-01-05'));

const { service } = world;
const at = (day: string) => service.clock.set(`${day}T09:00:00+08:00`);
const enroll = (classId: string, learners: object[], more: object = {}) =>
  world.preparerOf().post(`/classes/${classId}/enrolments`, { learners, ...more });
const move = (enrolmentId: string | undefined, classId: string, more: object = {}, organisationId = world.training) =>
  world.preparerOf(organisationId).post(`/enrolments/${enrolmentId}/move`, { classId, ...more });
const withdraw = (enrolmentId: string | undefined, why: object) =>
  world.preparerOf().post(`/enrolments/${enrolmentId}/withdraw`, why);
const seatsOf = async (classId: string, query: Record<string, string> = {}) =>
  itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`, query));

it('A20 leaving needs a reason by code, words where the code is none, and is told', async () => {
  const { classId, seats } = await world.runningClass(2);
  const [first, second] = seats;

  expect((await withdraw(first, { reason: '不想学了' })).status).toBe(400);
  expect((await withdraw(first, { reason: 'own-wish', text: '电话 13900000001' })).status).toBe(400);
  expect(codesOf(await withdraw(first, { reason: 'other' }))).toEqual(['reason-text-missing']);
  must(await withdraw(first, { reason: 'other', text: '单位停工' }));
  expect((await service.announced()).at(-1)).toMatchObject({
    type: EnrolmentsWithdrawn.type,
    data: { classId, withdrawnOn: '2026-01-12', enrolments: [{ enrolmentId: first, reason: 'other' }] },
  });
  expect(codesOf(await withdraw(first, { reason: 'illness' }))).toEqual(['enrolment-not-live']);
  expect(await seatsOf(classId, { state: 'withdrawn' })).toMatchObject([
    { id: first, withdrawnReason: 'other', withdrawnText: '单位停工', withdrawnAt: expect.any(String) },
  ]);
  expect(await seatsOf(classId, { state: 'enrolled' })).toMatchObject([{ id: second, withdrawnReason: null }]);
});

it('takes many out of a class in one request and answers each by the caller’s reference', async () => {
  const { classId, seats } = await world.runningClass(3);
  const [first, second, third] = seats;
  const withdrawals = [
    { reference: 'a', enrolmentId: first, reason: 'own-wish' },
    { reference: 'b', enrolmentId: first, reason: 'own-wish' },
    { reference: 'c', enrolmentId: randomUUID(), reason: 'illness' },
    { reference: 'd', enrolmentId: second, reason: 'other' },
    { enrolmentId: third, reason: 'absent-too-long' },
  ];

  const { status, body } = await world.preparerOf().post(`/classes/${classId}/withdrawals`, { withdrawals });

  expect(status).toBe(201);
  expect(body.withdrawn).toEqual([
    { reference: 'a', enrolmentId: first },
    { reference: null, enrolmentId: third },
  ]);
  const told = body.refused as { reference: string; reasons: { code: string; title: string }[] }[];
  expect(told.map(({ reference, reasons }) => [reference, reasons.map(({ code }) => code)])).toEqual([
    ['b', ['enrolment-not-live']],
    ['c', ['enrolment-not-live']],
    ['d', ['reason-text-missing']],
  ]);
  expect(told[0]?.reasons[0]?.title).toMatch(/\p{Script=Han}/u);
  const last = (await service.announced()).at(-1);
  expect([last?.type, last?.data['enrolments']]).toMatchObject([EnrolmentsWithdrawn.type, { length: 2 }]);
  expect((await world.preparerOf(randomUUID()).post(`/classes/${classId}/withdrawals`, { withdrawals })).status).toBe(
    404,
  );
});

it('A20 while the rule is 待核实 a late entry needs a reason and is marked', async () => {
  const { classId } = await world.runningClass(1);
  const learner = world.aLearner();

  expect(codesOf(await enroll(classId, [learner]))).toEqual(['late-entry-reason-missing']);
  must(await enroll(classId, [learner], { lateReason: '名单漏报' }));

  expect(await seatsOf(classId)).toMatchObject([
    { late: false, lateBasis: null },
    { late: true, lateBasis: 'unverified', lateReason: '名单漏报' },
  ]);
  const body = (await world.preparerOf().get(`/classes/${classId}`)).body as WholeClass;
  expect(body.timeline.at(-1)).toMatchObject({ kind: 'enrolled-late', detail: { learners: 1 } });
});

it('A20 a late entry follows the days that the office has set, up to the very day', async () => {
  const { classId } = await world.runningClass(1);
  await world.rule('late-entry', { days: 3 });
  const late = () => enroll(classId, [world.aLearner()], { lateReason: '名单漏报' });

  at('2026-01-15');
  expect((await late()).status).toBe(201);
  at('2026-01-16');
  expect(codesOf(await late())).toEqual(['late-entry-closed']);
  expect((await seatsOf(classId)).at(-1)).toMatchObject({ late: true, lateBasis: 'rule' });
  await world.rule('late-entry', null, { from: '2026-01-01' });
  at('2026-02-11');
  expect(codesOf(await late())).toEqual(['late-entry-closed']);
});

it('gives the last seat of the plan once, whichever of its classes is asked', async () => {
  const planId = await world.filedPlan({ plannedSeats: 2 });
  must(await world.preparerOf().post('/announcements', { planId, text: '智能制造工程技术人员（初级）培训公告' }));
  const open = async (name: string) =>
    must(await world.preparerOf().post('/classes', { planId, name, startsOn: '2026-01-12', endsOn: '2026-02-10' }))
      .classId;
  const [one, other] = [await open('第一期'), await open('第二期')];
  must(await enroll(one, [world.aLearner()]));

  const answers = await Promise.all([one, other, one, other].map((classId) => enroll(classId, [world.aLearner()])));

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  expect(answers.filter(({ status }) => status === 422).map(codesOf)).toEqual([1, 2, 3].map(() => ['class-full']));
  const [seat] = (await seatsOf(one)).map(({ id }) => id as string);
  must(await withdraw(seat, { reason: 'entered-wrongly' }));
  expect((await enroll(other, [world.aLearner()])).status).toBe(201);
});

it('moves a learner into another class in one act, and leaves the hours where they were attended', async () => {
  const { from, into, seat } = await twoClasses();

  const { status, body } = await move(seat, into);

  expect([status, body]).toEqual([201, { enrolmentId: expect.any(String), movedFrom: seat, hoursCarried: 0 }]);
  expect((await service.announced()).slice(-2)).toMatchObject([
    { type: EnrolmentsWithdrawn.type, data: { classId: from, enrolments: [{ enrolmentId: seat, reason: 'moved' }] } },
    {
      type: LearnersEnrolled.type,
      data: { classId: into, learners: [{ enrolmentId: body.enrolmentId, documentKind: 'resident-id' }] },
    },
  ]);
  expect(await seatsOf(into)).toMatchObject([{ id: body.enrolmentId, movedFrom: seat, hours: 0, maskedName: '学**' }]);
  expect(await seatsOf(from)).toMatchObject([{ id: seat, state: 'withdrawn', withdrawnReason: 'moved', hours: 8 }]);
  expect(codesOf(await move(seat, into))).toEqual(['enrolment-not-live']);
});

it('brings the hours along where the office has said so', async () => {
  await world.rule('moved-hours', { carried: true });
  const { into, seat } = await twoClasses();

  const { body } = await move(seat, into);

  expect(body.hoursCarried).toBe(8);
  expect(await seatsOf(into)).toMatchObject([{ hours: 8 }]);
  const { body: hours } = await world.preparerOf().get(`/classes/${into}/hours`);
  expect(hours.items).toMatchObject([{ total: 8, carried: 8, offlineTheory: 0 }]);
  await world.rule('moved-hours', null, { from: '2026-01-01' });
});

it('counts nobody present in lessons from before they came from another class', async () => {
  const { from, into, seat } = await twoClasses();
  at('2026-02-12');
  must(await enroll(into, [world.aLearner()]));
  must(await world.preparerOf().post(`/classes/${into}/start`));
  at('2026-02-16');
  must(await move(seat, into, { lateReason: '原班课程冲突' }));
  const lessons = ['2026-02-13', '2026-02-16'].map((on) => aLesson({ reference: on, on }));
  must(await world.preparerOf().post(`/classes/${into}/lessons`, { lessons }));

  must(await world.preparerOf().post(`/classes/${into}/attendance`, { all: true, absentEnrolmentIds: [] }));

  expect((await seatsOf(into)).map(({ hours, movedFrom }) => [hours, movedFrom])).toEqual([
    [16, null],
    [8, seat],
  ]);
  expect(await seatsOf(from)).toMatchObject([{ hours: 8 }]);
});

it('marks nobody by name in a lesson from before they came from another class', async () => {
  const { into, seat } = await twoClasses();
  at('2026-02-12');
  must(await enroll(into, [world.aLearner()]));
  must(await world.preparerOf().post(`/classes/${into}/start`));
  at('2026-02-16');
  const { enrolmentId } = (await move(seat, into, { lateReason: '原班课程冲突' })).body;
  const lessons = ['2026-02-13', '2026-02-16'].map((on) => aLesson({ reference: on, on }));
  const [before, after] = must(await world.preparerOf().post(`/classes/${into}/lessons`, { lessons })).ids;
  const items = [{ enrolmentId, present: true }];
  const mark = (lessonId?: string) => world.preparerOf().post(`/lessons/${lessonId}/attendance`, { items });

  const early = await mark(before?.lessonId);
  const held = await mark(after?.lessonId);

  expect(early.body).toMatchObject({
    recorded: [],
    refused: [{ id: enrolmentId, reasons: [{ code: 'attended-before-moving-in' }] }],
  });
  expect(held.body).toMatchObject({ recorded: [{ enrolmentId }], refused: [] });
});

it('moves nobody to where they are, to another subject, into a full or a foreign class', async () => {
  const { from, into, seat } = await twoClasses();
  const other = await world.openClass({ startsOn: '2026-03-02', endsOn: '2026-03-10' }, await anotherInstitution());
  await service.query(`update training_class set level = 'intermediate' where id = $1`, [into]);

  expect(codesOf(await move(seat, from))).toEqual(['move-same-class']);
  expect(codesOf(await move(seat, into))).toEqual(['move-subject-differs']);
  expect((await move(seat, other)).status).toBe(404);
  expect((await move(seat, randomUUID())).status).toBe(404);
  expect((await move(seat, into, {}, randomUUID())).status).toBe(404);
  await service.query('update training_class set level = $2 where id = $1', [into, subject.level]);
  const full = await world.openClass({ startsOn: '2026-02-12', endsOn: '2026-03-10', plannedSeats: 1 });
  must(await enroll(full, [world.aLearner()]));
  expect(codesOf(await move(seat, full))).toEqual(['class-full']);
  expect(await seatsOf(from)).toMatchObject([{ id: seat, state: 'enrolled' }]);
  must(await world.preparerOf().post(`/classes/${into}/cancel`, { reason: 'opened-wrongly' }));
  expect(codesOf(await move(seat, into))).toEqual(['class-not-enrolling']);
});

it('moves nobody into a class beside a third one on the same days, nor twice into one', async () => {
  const learner = world.aLearner();
  const [first, second, third] = [
    await world.openClass({ startsOn: '2026-01-12', endsOn: '2026-01-13' }),
    await world.openClass({ startsOn: '2026-01-20', endsOn: '2026-01-25' }),
    await world.openClass({ startsOn: '2026-01-25', endsOn: '2026-01-30' }),
  ];
  const { ids } = must(await enroll(first, [learner]));
  must(await enroll(second, [learner]));

  expect(codesOf(await move(ids[0].enrolmentId, third))).toEqual(['overlapping-class']);
  expect(codesOf(await move(ids[0].enrolmentId, second))).toEqual(['already-enrolled']);
});

it('of two moves of one learner at the same moment one succeeds', async () => {
  const { from, into, seat } = await twoClasses();
  const third = await world.openClass({ startsOn: '2026-02-12', endsOn: '2026-03-10' });

  const answers = await Promise.all([move(seat, into), move(seat, third), move(seat, into), move(seat, third)]);

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  expect([...(await seatsOf(into)), ...(await seatsOf(third))]).toHaveLength(1);
  expect(await seatsOf(from)).toMatchObject([{ state: 'withdrawn' }]);
});

it('moves into a class that has started only with the reason of a late entry', async () => {
  const running = await world.runningClass(1, { startsOn: '2026-01-12', endsOn: '2026-01-30' });
  at('2026-01-05');
  const next = await world.openClass({ startsOn: '2026-02-12', endsOn: '2026-03-10' });
  const { ids } = must(await enroll(next, [world.aLearner()]));
  at('2026-01-13');

  expect(codesOf(await move(ids[0].enrolmentId, running.classId))).toEqual(['late-entry-reason-missing']);
  expect((await move(ids[0].enrolmentId, running.classId, { lateReason: '提前参加' })).status).toBe(201);
});

/** A class that is running with one learner who attended eight hours, and a later one that takes learners. */
async function twoClasses() {
  const { classId: from, seats } = await world.runningClass(1);
  must(await world.preparerOf().post(`/classes/${from}/lessons`, { lessons: [aLesson()] }));
  must(await world.preparerOf().post(`/classes/${from}/attendance`, { all: true, absentEnrolmentIds: [] }));
  const into = await world.openClass({ startsOn: '2026-02-12', endsOn: '2026-03-10' });
  return { from, into, seat: seats[0] };
}

async function anotherInstitution() {
  const organisationId = randomUUID();
  await world.institution(organisationId);
  await world.entry({ organisationId });
  return organisationId;
}
