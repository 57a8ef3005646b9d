import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { AttendanceRecorded, StaffRecorded } from '@shuzheng/contracts';
import { sha256 } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { aLesson, codesOf, itemsOf, must, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());
beforeEach(() => at('2026-01-05'));

const { service } = world;
const at = (day: string) => service.clock.set(`${day}T09:00:00+08:00`);
const record = (classId: string, ...lessons: object[]) =>
  world.preparerOf().post(`/classes/${classId}/lessons`, { lessons });
const change = (lessonId: string, lesson: object, ifMatch = 1, organisationId = world.training) =>
  world.preparerOf(organisationId).put(`/lessons/${lessonId}`, lesson, { ifMatch });
const remove = (lessonId: string, ifMatch = 1, organisationId = world.training) =>
  world.preparerOf(organisationId).post(`/lessons/${lessonId}/remove`, { reason: '误登' }, { ifMatch });
const mark = (lessonId: string, items: object[], organisationId = world.training) =>
  world.preparerOf(organisationId).post(`/lessons/${lessonId}/attendance`, { items });
const find = async (lessonId: string) => (await world.approverOf().get(`/lessons/${lessonId}`)).body;

async function taught(seats = 2) {
  const running = await world.runningClass(seats);
  const { ids } = must(await record(running.classId, aLesson()));
  return { ...running, lessonId: ids[0].lessonId };
}

it('puts a lesson right, keeps what stood, and tells who was there anew', async () => {
  const { classId, seats, lessonId } = await taught();
  must(await world.preparerOf().post(`/classes/${classId}/attendance`, { lessonId, absentEnrolmentIds: [] }));

  const answer = await change(lessonId, aLesson({ mode: 'online', hours: 6.5, place: '线上教室', teacher: '李思' }));

  expect([answer.status, answer.body]).toEqual([201, { lessonId, version: 2 }]);
  const last = (await service.announced()).at(-1);
  expect(last).toMatchObject({ type: AttendanceRecorded.type, data: { classId, lessonId, offline: false } });
  expect(last?.data['present']).toHaveLength(2);
  expect(await find(lessonId)).toMatchObject({
    version: 2,
    hours: 6.5,
    place: '线上教室',
    maskedTeacher: '李*',
    present: 2,
    attendance: seats.map((enrolmentId) => ({ enrolmentId, present: true })),
    earlier: [{ version: 1, content: { hours: 8, mode: 'offline' } }],
  });
  expect((await change(lessonId, aLesson(), 1)).status).toBe(409);
  expect((await world.preparerOf().put(`/lessons/${lessonId}`, aLesson())).status).toBe(400);
});

it('tells every rule that a change would break, and that its own reference is no repetition', async () => {
  const { classId, lessonId } = await taught();
  must(await record(classId, aLesson({ reference: 'L2' })));

  expect(codesOf(await change(lessonId, aLesson({ reference: 'L2', on: '2026-01-11' })))).toEqual([
    'lesson-outside-class-dates',
    'lesson-reference-repeated',
  ]);
  expect(codesOf(await change(lessonId, aLesson({ on: '2026-01-13' })))).toEqual(['lesson-in-future']);
  expect((await change(lessonId, aLesson({ topic: '第二单元' }))).status).toBe(201);
});

it('takes a lesson out that was never held: it stays with its reason, and counts no longer', async () => {
  const { classId, seats, lessonId } = await taught();
  must(await world.preparerOf().post(`/classes/${classId}/attendance`, { lessonId, absentEnrolmentIds: [] }));

  expect((await remove(lessonId)).status).toBe(201);

  expect((await service.announced()).at(-1)).toMatchObject({
    type: AttendanceRecorded.type,
    data: { lessonId, present: [] },
  });
  expect(itemsOf(await world.preparerOf().get(`/classes/${classId}/lessons`))).toEqual([]);
  expect(await find(lessonId)).toMatchObject({ removedReason: '误登', removedAt: expect.any(String) });
  const { body } = await world.preparerOf().get(`/classes/${classId}`);
  expect(body.figures).toMatchObject({ lessons: 0, hours: 0, attendancePercent: null });
  expect(itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`))).toMatchObject([
    { hours: 0 },
    { hours: 0 },
  ]);
  expect(codesOf(await remove(lessonId, 2))).toEqual(['lesson-removed']);
  expect(codesOf(await change(lessonId, aLesson(), 2))).toEqual(['lesson-removed']);
  expect(codesOf(await mark(lessonId, [{ enrolmentId: seats[0], present: true }]))).toEqual(['lesson-removed']);
  expect((await record(classId, aLesson())).status).toBe(201);
});

it('names a teacher from the list of staff, who must be there on the day', async () => {
  const staffId = randomUUID();
  const teacher = { organisationId: world.training, kind: 'teacher', qualifications: [], to: null };
  await service.hear(StaffRecorded, { ...teacher, staffId, maskedName: '赵**', from: '2026-01-13' });
  const { classId } = await world.runningClass(1);
  at('2026-01-13');
  const { teacher: _, ...nameless } = aLesson();
  const byStaff = (more: object) => record(classId, { ...nameless, staffId, on: '2026-01-13', ...more });

  expect(codesOf(await byStaff({ on: '2026-01-12' }))).toEqual(['teacher-unknown']);
  expect(codesOf(await byStaff({ staffId: randomUUID() }))).toEqual(['teacher-unknown']);
  expect(codesOf(await record(classId, nameless))).toEqual(['teacher-missing']);
  must(await byStaff({}));
  expect(itemsOf(await world.approverOf().get(`/classes/${classId}/lessons`))).toMatchObject([
    { staffId, maskedTeacher: '赵**' },
  ]);
  await service.hear(StaffRecorded, { ...teacher, staffId, maskedName: '赵**', from: '2026-01-01', to: '2026-01-12' });
  expect(codesOf(await byStaff({ reference: 'L2' }))).toEqual(['teacher-unknown']);
});

it('records attendance learner by learner, answers each, and keeps what was corrected', async () => {
  const { seats, lessonId } = await taught(3);
  const [first, second, third] = seats;
  must(
    await mark(
      lessonId,
      [first, second].map((enrolmentId) => ({ enrolmentId, present: true })),
    ),
  );
  at('2026-01-14');

  const { body } = await mark(lessonId, [
    { reference: '1', enrolmentId: first, present: false },
    { reference: '2', enrolmentId: first, present: true },
    { reference: '3', enrolmentId: randomUUID(), present: true },
    { reference: '4', enrolmentId: third, present: true },
  ]);

  expect(body.recorded).toEqual([
    { reference: '1', enrolmentId: first },
    { reference: '4', enrolmentId: third },
  ]);
  expect(body.corrected).toBe(1);
  const refused = body.refused as { reference: string; reasons: { code: string }[] }[];
  expect(refused.map(({ reference, reasons }) => [reference, reasons[0]?.code])).toEqual([
    ['2', 'enrolment-repeated'],
    ['3', 'enrolment-unknown'],
  ]);
  const found = await find(lessonId);
  expect(found).toMatchObject({ present: 2, absent: 1 });
  expect(found.corrections).toMatchObject([
    { enrolmentId: first, wasPresent: true, changedAt: expect.stringContaining('2026-01-14') },
  ]);
  const last = (await service.announced()).at(-1);
  expect([last?.type, last?.data['lessonId'], last?.data['offline']]).toEqual([
    AttendanceRecorded.type,
    lessonId,
    true,
  ]);
  expect(last?.data['present']).toHaveLength(2);
});

it('takes the attendance of five hundred at once', async () => {
  const { seats, lessonId } = await taught500();

  const { body } = await mark(
    lessonId,
    seats.map((enrolmentId, i) => ({ reference: `${i}`, enrolmentId, present: i % 5 > 0 })),
  );

  expect([body.recorded.length, body.refused]).toEqual([500, []]);
  expect(await find(lessonId)).toMatchObject({ present: 400, absent: 100 });
});

async function taught500() {
  const running = await world.runningClass(500, { plannedSeats: 500 });
  const { ids } = must(await record(running.classId, aLesson()));
  return { seats: running.seats, lessonId: ids[0].lessonId };
}

it('shows each learner’s hours against the standard, and judges nobody while it is 待核实', async () => {
  const { classId, seats } = await world.runningClass(2);
  at('2026-01-14');
  const lessons = [
    aLesson(),
    aLesson({ reference: 'L2', mode: 'online', kind: 'practice', hours: 4 }),
    aLesson({ reference: 'L3', mode: 'online', kind: 'theory', hours: 2.5 }),
  ];
  const { ids } = must(await record(classId, ...lessons));
  must(await world.preparerOf().post(`/classes/${classId}/attendance`, { all: true, absentEnrolmentIds: [] }));
  must(await mark(ids[1]?.lessonId ?? '', [{ enrolmentId: seats[1], present: false }]));
  const hours = async () => itemsOf(await world.approverOf().get(`/classes/${classId}/hours`));

  expect(await hours()).toMatchObject([
    {
      id: seats[0],
      total: 14.5,
      offlineTheory: 8,
      onlinePractice: 4,
      onlineTheory: 2.5,
      standardHours: null,
      short: null,
    },
    { id: seats[1], total: 10.5, onlinePractice: 0, hoursStatus: '标准学时未录入', short: null },
  ]);
  const standard = { total: 14, practice: 4 };
  const scope = { scope: subject.occupationCode, edition: subject.edition, level: subject.level };
  await world.rule('hours', standard, scope);
  expect(await hours()).toMatchObject([
    { hoursStatus: '标准学时已录入', standardHours: standard, short: [] },
    { short: ['total', 'practice'] },
  ]);
  await world.rule('hours', null, { ...scope, from: '2026-01-01' });
});

it('keeps scanned sheets with a lesson, checks what they are, and gives them only to who may read the roster', async () => {
  const { classId, lessonId } = await taught(1);
  const pdf = Buffer.from('%PDF-1.7 签到表');

  const kept = await upload(lessonId, 'application/pdf', pdf);

  expect([kept.status, kept.body]).toEqual([201, { evidenceId: expect.any(String), sha256: sha256(pdf) }]);
  expect((await upload(lessonId, 'application/pdf', pdf)).codes).toEqual(['evidence-repeated']);
  expect((await upload(lessonId, 'image/png', Buffer.from('GIF89a'))).codes).toEqual(['file-content-differs']);
  expect((await upload(lessonId, 'application/octet-stream', pdf)).status).toBe(415);
  const large = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(10 * 1024 * 1024)]);
  expect((await upload(lessonId, 'application/pdf', large)).codes).toEqual(['evidence-too-large']);
  expect((await upload(randomUUID(), 'application/pdf', pdf)).status).toBe(404);

  const listed = itemsOf(await world.department.get(`/lessons/${lessonId}/evidence`));
  expect(listed).toMatchObject([{ id: kept.body['evidenceId'], mediaType: 'application/pdf', bytes: pdf.length }]);
  const evidenceId = String(kept.body['evidenceId']);
  const path = `/evidence/${evidenceId}/file`;
  expect(await world.approverOf().download(path)).toEqual(pdf);
  expect(await service.query('select operation from audit where subject = $1', [`evidence:${evidenceId}`])).toEqual([
    { operation: 'enrollment.read-evidence' },
  ]);
  expect((await world.cityOfficer().get(path)).status).toBe(403);
  expect((await world.approverOf(randomUUID()).get(path)).status).toBe(404);
  expect((await world.approverOf(randomUUID()).get(`/lessons/${lessonId}/evidence`)).status).toBe(404);
  const many = await Promise.all(
    Array.from({ length: 20 }, (_, i) => upload(lessonId, 'application/pdf', Buffer.from(`%PDF-1.7 ${i}`))),
  );
  expect(many.filter(({ codes }) => codes.includes('evidence-too-many'))).toHaveLength(1);
  expect((await world.preparerOf().get(`/classes/${classId}/lessons`)).body.items).toMatchObject([{ evidence: 20 }]);
});

async function upload(lessonId: string, type: string, bytes: Buffer) {
  const uploader = service.as({ organisationId: world.training, permissions: ['lessons:record'] });
  const { status, body } = await uploader.upload(`/lessons/${lessonId}/evidence`, bytes, { type });
  return { status, body: body as Record<string, unknown>, codes: codesOf({ body }) };
}

it('changes nothing of a class that is over, and nothing of a foreign one', async () => {
  const { classId } = await world.completedClass('2026-01-20', 2);
  const [{ id: lessonId }] = itemsOf(await world.preparerOf().get(`/classes/${classId}/lessons`)) as [{ id: string }];
  const foreign = randomUUID();

  expect(codesOf(await change(lessonId, aLesson()))).toEqual(['class-not-running']);
  expect(codesOf(await remove(lessonId))).toEqual(['class-not-running']);
  expect(codesOf(await mark(lessonId, [{ enrolmentId: randomUUID(), present: true }]))).toEqual(['class-not-running']);
  const answers = [
    await change(lessonId, aLesson(), 1, foreign),
    await remove(lessonId, 1, foreign),
    await mark(lessonId, [{ enrolmentId: randomUUID(), present: true }], foreign),
    await world.preparerOf(foreign).get(`/lessons/${lessonId}`),
    await world.preparerOf(foreign).get(`/classes/${classId}/hours`),
    await world.preparerOf(foreign).get(`/classes/${classId}/completion-results`),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
});

it('records who was absent from the completion exam, and shows the approver every result with what it replaced', async () => {
  const { classId, seats } = await taught(2);
  const [first, second] = seats;
  const exam = (...results: object[]) =>
    world.preparerOf().post(`/classes/${classId}/completion-results`, { examOn: '2026-01-12', results });

  expect(codesOf(await exam({ enrolmentId: first, passed: true, absent: true }))).toEqual(['absent-cannot-pass']);
  must(await exam({ enrolmentId: first, passed: true }, { enrolmentId: second, passed: false, absent: true }));
  must(await exam({ enrolmentId: second, passed: true }));

  const listed = await world.approverOf().get(`/classes/${classId}/completion-results`);
  expect(itemsOf(listed)).toHaveLength(3);
  const standing = await world.approverOf().get(`/classes/${classId}/completion-results`, { stands: 'true' });
  expect(itemsOf(standing)).toMatchObject([{ outcome: 'passed' }, { outcome: 'passed' }]);
  const absent = await world.approverOf().get(`/classes/${classId}/completion-results`, { outcome: 'absent' });
  expect(itemsOf(absent)).toMatchObject([{ enrolmentId: second, stands: false, supersededAt: expect.any(String) }]);
});
