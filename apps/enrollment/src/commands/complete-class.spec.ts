import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ClassCompleted, DirectoryEntrySuspended } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { aLesson, codesOf, itemsOf, must, subject, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());
beforeEach(() => at('2026-01-05'));

const { service } = world;
const at = (day: string) => service.clock.set(`${day}T09:00:00+08:00`);
const post = (path: string, body: object) => world.preparerOf().post(path, body);
const complete = (classId: string, completedOn: string) =>
  world.approverOf().post(`/classes/${classId}/complete`, { completedOn });

it('takes lessons, attendance and results, and completes with the hours each learner attended', async () => {
  const { classId, seats } = await world.runningClass(3);
  const [first, second, third] = seats;
  at('2026-01-31');
  const lessons = [
    aLesson(),
    aLesson({ reference: 'L2', on: '2026-01-20', mode: 'online', kind: 'practice', hours: 4.5 }),
  ];
  const { recorded, ids } = must(await post(`/classes/${classId}/lessons`, { lessons }));
  expect(recorded).toBe(2);
  expect(must(await post(`/classes/${classId}/attendance`, { all: true, absentEnrolmentIds: [third] }))).toEqual({
    recorded: 6,
  });
  const lessonId = ids[1]?.lessonId;
  expect(must(await post(`/classes/${classId}/attendance`, { lessonId, absentEnrolmentIds: [second] }))).toEqual({
    recorded: 3,
  });
  const results = seats.map((enrolmentId) => ({ enrolmentId, passed: enrolmentId !== third }));
  must(await post(`/classes/${classId}/completion-results`, { examOn: '2026-01-31', results }));

  const body = must(await complete(classId, '2026-01-31'));

  expect(body).toEqual({ classId, completed: 3, passed: 2 });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: ClassCompleted.type,
    data: {
      classId,
      subject,
      cityCode: '370100',
      completedOn: '2026-01-31',
      learners: [
        { enrolmentId: first, passed: true, hours: 12.5 },
        { enrolmentId: second, passed: true, hours: 8 },
        { enrolmentId: third, passed: false, hours: 4.5 },
      ],
    },
  });
  const { body: found } = await world.preparerOf().get(`/classes/${classId}`);
  expect(found).toMatchObject({
    state: 'completed',
    completedOn: '2026-01-31',
    figures: { enrolled: 3, completed: 3, passed: 2, lessons: 2, hours: 12.5, hoursOnline: 4.5, hoursPractice: 4.5 },
    report: { dueOn: '2026-03-02', effectiveDueOn: '2026-03-02', provisional: false },
  });
  const { body: held } = await world.preparerOf().get(`/classes/${classId}/lessons`);
  expect(held.items).toMatchObject([
    { reference: 'L1', maskedTeacher: '陈**', present: 2, absent: 1 },
    { reference: 'L2', present: 2, absent: 1 },
  ]);
  const listed = itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`));
  expect(listed.map(({ hours, passed }) => [hours, passed])).toEqual([
    [12.5, true],
    [8, true],
    [4.5, false],
  ]);
});

it('does not let whoever recorded the results complete the class', async () => {
  const { classId, seats } = await world.runningClass(1);
  const both = service.as({
    organisationId: world.training,
    permissions: ['lessons:record', 'completion:record', 'completion:decide'],
  });
  must(await both.post(`/classes/${classId}/lessons`, { lessons: [aLesson()] }));
  const results = [{ enrolmentId: seats[0], passed: true }];
  must(await both.post(`/classes/${classId}/completion-results`, { examOn: '2026-01-12', results }));

  expect(codesOf(await both.post(`/classes/${classId}/complete`, { completedOn: '2026-01-12' }))).toEqual([
    'same-person',
  ]);
  expect((await complete(classId, '2026-01-12')).status).toBe(201);
});

it('names everything that is missing for a completion', async () => {
  const { classId } = await world.runningClass(1);

  expect(codesOf(await complete(classId, '2026-01-13'))).toEqual([
    'results-missing',
    'lessons-missing',
    'completed-in-future',
  ]);
});

it('completes no class before its last lesson or its exam, nor while somebody has no result', async () => {
  const { classId, seats } = await world.runningClass(2);
  at('2026-01-20');
  must(await post(`/classes/${classId}/lessons`, { lessons: [aLesson({ on: '2026-01-15' })] }));
  const results = [{ enrolmentId: seats[0], passed: true }];
  must(await post(`/classes/${classId}/completion-results`, { examOn: '2026-01-18', results }));

  expect(codesOf(await complete(classId, '2026-01-14'))).toEqual([
    'results-missing',
    'completed-before-last-lesson',
    'completion-day-differs',
  ]);
  must(await post(`/enrolments/${seats[1]}/withdraw`, { reason: 'own-wish' }));
  expect((await complete(classId, '2026-01-19')).status).toBe(201);
});

it('takes the day of the completion exam for the day of completion where the setting says so', async () => {
  await world.rule('day-of-completion', { meaning: 'completion-exam' });
  const { classId, seats } = await world.runningClass(1);
  at('2026-01-20');
  must(await post(`/classes/${classId}/lessons`, { lessons: [aLesson()] }));
  const results = [{ enrolmentId: seats[0], passed: true }];
  must(await post(`/classes/${classId}/completion-results`, { examOn: '2026-01-18', results }));

  expect(codesOf(await complete(classId, '2026-01-19'))).toEqual(['completion-day-differs']);
  expect((await complete(classId, '2026-01-18')).status).toBe(201);
});

it('refuses lessons outside the class, in the future or twice under one reference', async () => {
  const { classId } = await world.runningClass(1);
  const record = (...lessons: object[]) => post(`/classes/${classId}/lessons`, { lessons });

  expect(codesOf(await record(aLesson({ on: '2026-01-11' })))).toEqual(['lesson-outside-class-dates']);
  expect(codesOf(await record(aLesson({ on: '2026-01-13' })))).toEqual(['lesson-in-future']);
  expect(codesOf(await record(aLesson(), aLesson()))).toEqual(['lesson-reference-repeated']);
  must(await record(aLesson()));
  expect(codesOf(await record(aLesson()))).toEqual(['lesson-reference-repeated']);
});

it('refuses lessons, attendance and results of a class that is not running', async () => {
  const classId = await world.openClass();
  const result = { examOn: '2026-01-05', results: [{ enrolmentId: randomUUID(), passed: true }] };

  const answers = [
    await post(`/classes/${classId}/lessons`, { lessons: [aLesson({ on: '2026-01-05' })] }),
    await post(`/classes/${classId}/attendance`, { all: true, absentEnrolmentIds: [] }),
    await post(`/classes/${classId}/completion-results`, result),
    await complete(classId, '2026-01-05'),
  ];

  expect(answers.map((answer) => codesOf(answer)[0])).toEqual(answers.map(() => 'class-not-running'));
});

it('refuses attendance and results of people who are not in the class', async () => {
  const { classId, seats } = await world.runningClass(1);
  const stranger = randomUUID();
  const exam = (examOn: string, ...ids: (string | undefined)[]) =>
    post(`/classes/${classId}/completion-results`, {
      examOn,
      results: ids.map((enrolmentId) => ({ enrolmentId, passed: true })),
    });
  expect(codesOf(await post(`/classes/${classId}/attendance`, { all: true, absentEnrolmentIds: [] }))).toEqual([
    'lessons-missing',
  ]);
  must(await post(`/classes/${classId}/lessons`, { lessons: [aLesson()] }));

  expect(codesOf(await post(`/classes/${classId}/attendance`, { all: true, absentEnrolmentIds: [stranger] }))).toEqual([
    'enrolment-unknown',
  ]);
  expect(codesOf(await exam('2026-01-12', stranger))).toEqual(['enrolment-unknown']);
  expect(codesOf(await exam('2026-01-12', seats[0], seats[0]))).toEqual(['enrolment-repeated']);
  expect(codesOf(await exam('2026-01-11', seats[0]))).toEqual(['completion-exam-before-start']);
  expect(codesOf(await exam('2026-01-13', seats[0]))).toEqual(['completion-exam-in-future']);
  const both = { all: true, lessonId: randomUUID(), absentEnrolmentIds: [] };
  expect((await post(`/classes/${classId}/attendance`, both)).status).toBe(400);
  expect((await post(`/classes/${classId}/attendance`, { all: true, absentEnrolmentIds: ['x'] })).status).toBe(400);
  const unknown = { lessonId: randomUUID(), absentEnrolmentIds: [] };
  expect((await post(`/classes/${classId}/attendance`, unknown)).status).toBe(404);
});

it('keeps a result that a later one supersedes', async () => {
  const { classId, seats } = await world.runningClass(1);
  const record = (passed: boolean) =>
    post(`/classes/${classId}/completion-results`, {
      examOn: '2026-01-12',
      results: [{ enrolmentId: seats[0], passed }],
    });
  must(await record(false));
  must(await record(true));

  const kept = await service.query(
    'select passed, superseded_at is null as stands from completion_result where class_id = $1 order by passed',
    [classId],
  );

  expect(kept).toEqual([
    { passed: false, stands: false },
    { passed: true, stands: true },
  ]);
});

it('A03 a class begun before a suspension may be completed and reported', async () => {
  const organisationId = world.training;
  const { classId, seats } = await world.runningClass(1);
  const entryId = randomUUID();
  await service.hear(DirectoryEntrySuspended, {
    entryId: world.entryId,
    organisationId,
    from: '2026-01-15',
    basis: '测试',
  });
  at('2026-01-20');
  must(await post(`/classes/${classId}/lessons`, { lessons: [aLesson()] }));
  const results = [{ enrolmentId: seats[0], passed: true }];
  must(await post(`/classes/${classId}/completion-results`, { examOn: '2026-01-20', results }));

  expect((await complete(classId, '2026-01-20')).status).toBe(201);
  expect((await world.approverOf().post(`/classes/${classId}/training-report`)).status).toBe(201);
  const plan = await world.draftedPlan({ startsOn: '2026-01-21' });
  expect(codesOf(await world.approverOf().post(`/training-plans/${plan}/file`))).toEqual(['directory-suspended']);
  await world.entry({ organisationId, entryId });
});

it('completes once, however many approvers ask at the same moment', async () => {
  const { classId, seats } = await world.runningClass(1);
  must(await post(`/classes/${classId}/lessons`, { lessons: [aLesson()] }));
  const results = [{ enrolmentId: seats[0], passed: true }];
  must(await post(`/classes/${classId}/completion-results`, { examOn: '2026-01-12', results }));

  const answers = await Promise.all(Array.from({ length: 6 }, () => complete(classId, '2026-01-12')));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const said = await service.announced();
  expect(said.filter(({ type, data }) => type === ClassCompleted.type && data['classId'] === classId)).toHaveLength(1);
});

it('answers a foreign institution as if the class did not exist', async () => {
  const { classId, seats } = await world.runningClass(1);
  const [preparer, approver] = [world.preparerOf(randomUUID()), world.approverOf(randomUUID())];
  const results = [{ enrolmentId: seats[0], passed: true }];

  const answers = await Promise.all([
    preparer.post(`/classes/${classId}/lessons`, { lessons: [aLesson()] }),
    preparer.post(`/classes/${classId}/attendance`, { all: true, absentEnrolmentIds: [] }),
    preparer.post(`/classes/${classId}/completion-results`, { examOn: '2026-01-12', results }),
    approver.post(`/classes/${classId}/complete`, { completedOn: '2026-01-12' }),
    approver.post(`/classes/${classId}/training-certificates`, { issuedOn: '2026-01-12' }),
    approver.post(`/classes/${classId}/training-report`),
  ]);

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
});
