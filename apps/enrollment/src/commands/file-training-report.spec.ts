import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { TrainingCertificatesIssued, TrainingReportFiled } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { codesOf, itemsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());
beforeEach(() => service.clock.set('2026-01-05T09:00:00+08:00'));

const { service } = world;
const report = (classId: string, body = {}) => world.approverOf().post(`/classes/${classId}/training-report`, body);
const issue = (classId: string, body: object) =>
  world.approverOf().post(`/classes/${classId}/training-certificates`, body);

it.each([
  [
    '2026-01-31',
    '2026-03-02T23:59:59+08:00',
    { dueOn: '2026-03-02', effectiveDueOn: '2026-03-02', onTime: true },
    '按期报送',
  ],
  [
    '2026-01-31',
    '2026-03-03T00:00:00+08:00',
    { dueOn: '2026-03-02', effectiveDueOn: '2026-03-02', onTime: false },
    '逾期报送',
  ],
  [
    '2026-01-16',
    '2026-02-24T23:59:59+08:00',
    { dueOn: '2026-02-15', effectiveDueOn: '2026-02-24', onTime: true },
    '按期报送',
  ],
  [
    '2026-01-16',
    '2026-02-25T00:00:00+08:00',
    { dueOn: '2026-02-15', effectiveDueOn: '2026-02-24', onTime: false },
    '逾期报送',
  ],
])('A23 a class completed on %s and reported at %s', async (completedOn, filedAt, judged, statement) => {
  const { classId } = await world.completedClass(completedOn);
  service.clock.set(filedAt);

  const body = must(await report(classId, { remarks: '无' }));

  expect(body).toMatchObject({
    ...judged,
    provisional: false,
    statement,
    receiptNumber: expect.stringMatching(/^BS-2026-\d{6}$/),
  });
  const { body: found } = await world.department.get(`/training-reports/${body.reportId}`);
  expect(found).toMatchObject({
    ...judged,
    completedOn,
    statement,
    remarks: '无',
    document: '鲁人社字〔2022〕156号',
    article: '四（二）',
    filedOn: filedAt.slice(0, 10),
    figures: { enrolled: 3, completed: 3, passed: 2, lessons: 1, hours: 8, attendancePercent: 100 },
  });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: TrainingReportFiled.type,
    data: { classId, reportId: body.reportId, filedOn: filedAt.slice(0, 10), enrolled: 3, completed: 3, passed: 2 },
  });
});

it('files one report for a class, however many ask at the same moment', async () => {
  const { classId } = await world.completedClass('2026-01-20');

  const answers = await Promise.all(Array.from({ length: 6 }, () => report(classId)));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status !== 201).map(codesOf)).toEqual(
    Array.from({ length: 5 }, () => ['already-reported']),
  );
  const numbers = await service.query<{ n: number }>(
    `select right(receipt_number, 6)::int as n from training_report order by 1`,
  );
  expect(numbers.map(({ n }) => n)).toEqual(numbers.map((_, i) => i + 1));
});

it('reports no class that is not completed, and certifies none', async () => {
  const { classId } = await world.runningClass(1);

  expect(codesOf(await report(classId))).toEqual(['class-not-completed']);
  expect(codesOf(await issue(classId, { issuedOn: '2026-01-12' }))).toEqual(['class-not-completed']);
});

it('shows a report to its institution, its city and the department only', async () => {
  const { classId } = await world.completedClass('2026-01-20');
  const { reportId } = must(await report(classId));

  expect((await world.approverOf().get(`/training-reports/${reportId}`)).status).toBe(200);
  expect((await world.cityOfficer().get(`/training-reports/${reportId}`)).status).toBe(200);
  expect((await world.cityOfficer('370200').get(`/training-reports/${reportId}`)).status).toBe(404);
  expect((await world.approverOf(randomUUID()).get(`/training-reports/${reportId}`)).status).toBe(404);
  expect((await world.department.get('/training-reports', { classId })).body).toMatchObject({ total: 1 });
});

it('certifies those who passed, once, with the issuer’s number or none', async () => {
  const { classId, seats } = await world.completedClass('2026-01-20');
  const numbers = [{ enrolmentId: seats[0], number: '泉训 2026-0001' }];

  const body = must(await issue(classId, { issuedOn: '2026-01-20', numbers }));

  expect(body).toEqual({ issued: 2, withheld: 0 });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: TrainingCertificatesIssued.type,
    data: {
      classId,
      issuedOn: '2026-01-20',
      certificates: [
        { enrolmentId: seats[0], number: '泉训 2026-0001' },
        { enrolmentId: seats[1], number: null },
      ],
    },
  });
  expect(codesOf(await issue(classId, { issuedOn: '2026-01-20' }))).toEqual(['nothing-to-issue']);
  const listed = itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`));
  expect(listed.map(({ certified }) => certified)).toEqual([true, true, false]);
});

it('refuses numbers twice, taken numbers, wrong days, and numbers for those who did not pass', async () => {
  const before = await world.completedClass('2026-01-20', 2, { endsOn: '2026-01-25' });
  must(
    await issue(before.classId, { issuedOn: '2026-01-20', numbers: [{ enrolmentId: before.seats[0], number: 'N1' }] }),
  );
  service.clock.set('2026-01-05T09:00:00+08:00');
  const { classId, seats } = await world.completedClass('2026-01-20');
  const [first, second, failed] = seats;
  const numbered = (...numbers: [string | undefined, string][]) =>
    issue(classId, {
      issuedOn: '2026-01-20',
      numbers: numbers.map(([enrolmentId, number]) => ({ enrolmentId, number })),
    });

  expect(codesOf(await numbered([first, 'N2'], [second, 'N2']))).toEqual(['certificate-number-repeated']);
  expect(codesOf(await numbered([first, 'N1']))).toEqual(['certificate-number-taken']);
  expect(codesOf(await numbered([failed, 'N3']))).toEqual(['enrolment-unknown']);
  expect(codesOf(await issue(classId, { issuedOn: '2026-01-19' }))).toEqual(['issued-before-completion']);
  expect(codesOf(await issue(classId, { issuedOn: '2026-01-21' }))).toEqual(['issued-in-future']);
});

it('issues each certificate once, however many ask at the same moment', async () => {
  const { classId } = await world.completedClass('2026-01-20');

  const answers = await Promise.all(Array.from({ length: 6 }, () => issue(classId, { issuedOn: '2026-01-20' })));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(await service.query('select 1 from training_certificate where class_id = $1', [classId])).toHaveLength(2);
});
