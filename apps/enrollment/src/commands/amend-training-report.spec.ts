import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { CalendarYearPublished, DueDayExtended, TrainingReportFiled } from '@shuzheng/contracts';
import { seedCalendar } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { WholeClass } from '../queries/find-class.js';
import { codesOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());
beforeEach(() => at('2026-01-05'));

const { service } = world;
const at = (day: string) => service.clock.set(`${day}T09:00:00+08:00`);
const preview = async (classId: string) =>
  (await world.approverOf().get(`/classes/${classId}/training-report/preview`)).body;
const file = (classId: string, body: object = {}) =>
  world.approverOf().post(`/classes/${classId}/training-report`, body);
const amend = (reportId: string, body: object = {}, ifMatch = 1, organisationId = world.training) =>
  world
    .approverOf(organisationId)
    .post(`/training-reports/${reportId}/amend`, { reason: '补发证书', ...body }, { ifMatch });
const issue = (classId: string) =>
  world.approverOf().post(`/classes/${classId}/training-certificates`, { issuedOn: '2026-01-20' });
const find = async (classId: string) => (await world.approverOf().get(`/classes/${classId}`)).body as WholeClass;
const extend = (classId: string, effectiveDueOn: string, more: object = {}) =>
  service.hear(DueDayExtended, {
    kind: 'training-report',
    subjectId: classId,
    part: 1,
    organisationId: world.training,
    effectiveDueOn,
    decidedOn: '2026-02-10',
    ...more,
  });

it('assembles the report and shows what is missing, before anybody files it', async () => {
  const { classId } = await world.completedClass('2026-01-20');

  const shown = await preview(classId);

  expect(shown).toMatchObject({
    classId,
    figures: { enrolled: 3, completed: 3, passed: 2, certificates: 0, lessons: 1, hours: 8, attendancePercent: 100 },
    figuresSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    bars: [],
    effectiveDueOn: '2026-02-24',
    onTime: true,
    statement: '按期报送',
  });
  expect(shown.gaps).toEqual([
    { code: 'evidence-missing', title: expect.any(String), count: 1 },
    { code: 'certificates-missing', title: expect.any(String), count: 2 },
    { code: 'standard-hours-unverified', title: expect.any(String), count: 1 },
  ]);
  const running = await world.runningClass(1);
  expect(await preview(running.classId)).toMatchObject({
    bars: [{ code: 'class-not-completed' }],
    effectiveDueOn: null,
    onTime: null,
  });
  expect((await world.approverOf(randomUUID()).get(`/classes/${classId}/training-report/preview`)).status).toBe(404);
});

it('files only the figures that somebody has confirmed, where a digest says which', async () => {
  const { classId } = await world.completedClass('2026-01-20');
  const { figuresSha256 } = await preview(classId);
  must(await issue(classId));

  expect(codesOf(await file(classId, { figuresSha256 }))).toEqual(['figures-changed']);
  const again = await preview(classId);
  expect(again.figuresSha256).not.toBe(figuresSha256);
  expect((await file(classId, { figuresSha256: again.figuresSha256 })).status).toBe(201);
  expect(codesOf(await file(classId, { figuresSha256 }))).toEqual(['already-reported', 'figures-changed']);
});

it('puts a report right in a new version, whose first filing day and lateness stay', async () => {
  const { classId } = await world.completedClass('2026-01-20');
  at('2026-02-25');
  const { reportId } = must(await file(classId, { remarks: '无' }));

  expect(codesOf(await amend(reportId))).toEqual(['figures-unchanged']);
  must(await issue(classId));
  at('2026-03-10');
  const { figuresSha256 } = await preview(classId);
  expect(codesOf(await amend(reportId, { figuresSha256: 'a'.repeat(64) }))).toEqual(['figures-changed']);
  const answer = await amend(reportId, { figuresSha256 });

  expect(answer.body).toMatchObject({ reportId, version: 2 });
  const { body } = await world.department.get(`/training-reports/${reportId}`);
  expect(body).toMatchObject({
    version: 2,
    filedOn: '2026-02-25',
    onTime: false,
    statement: '逾期报送',
    remarks: '无',
    sha256: answer.body.sha256,
    figures: { certificates: 2 },
    earlier: [{ version: 1, reason: '补发证书', figures: { certificates: 0 } }],
  });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: TrainingReportFiled.type,
    data: { classId, reportId, filedOn: '2026-02-25' },
  });
  expect((await amend(reportId, {}, 1)).status).toBe(409);
  expect((await amend(reportId, {}, 2, randomUUID())).status).toBe(404);
  must(await world.approverOf().post(`/classes/${classId}/archive`));
  expect(codesOf(await amend(reportId, { remarks: '补充说明' }, 2))).toEqual(['class-not-reported']);
});

it('A23 a day that the office has given counts for being on time, and shows', async () => {
  const { classId } = await world.completedClass('2026-01-20');
  await extend(classId, '2026-03-10');
  await extend(classId, '2026-04-10', { kind: 'result-report' });

  expect(await find(classId)).toMatchObject({
    dueOn: '2026-03-10',
    status: { title: '已结业，待报送（已批准延期）', waitsFor: 'training-approver', dueOn: '2026-03-10' },
    report: { dueOn: '2026-02-19', effectiveDueOn: '2026-03-10', extended: true },
  });
  service.clock.set('2026-03-10T23:59:00+08:00');
  const receipt = must(await file(classId));
  expect(receipt).toMatchObject({
    effectiveDueOn: '2026-03-10',
    extended: true,
    onTime: true,
    statement: '按期报送（经批准延期）',
  });
  const { timeline } = await find(classId);
  expect(timeline.slice(-2)).toMatchObject([
    { kind: 'due-day-extended', role: 'department', detail: { dueOn: '2026-03-10' } },
    { kind: 'reported', detail: { onTime: true } },
  ]);
});

it('a day after the extended one is late, and an earlier day than the law gives takes nothing away', async () => {
  const late = await world.completedClass('2026-01-20');
  await extend(late.classId, '2026-03-10');
  service.clock.set('2026-03-11T00:00:00+08:00');
  expect(must(await file(late.classId))).toMatchObject({ onTime: false, statement: '逾期报送（经批准延期）' });

  at('2026-01-05');
  const early = await world.completedClass('2026-01-20');
  await extend(early.classId, '2026-02-01');
  expect(await find(early.classId)).toMatchObject({ dueOn: '2026-02-24', report: { extended: false } });
  await extend(early.classId, '2026-02-01');
  const { timeline } = await find(early.classId);
  expect(timeline.filter(({ kind }) => kind === 'due-day-extended')).toHaveLength(1);
});

it('judges the days anew when another holiday table is published', async () => {
  const { classId } = await world.completedClass('2026-01-20');
  expect((await find(classId)).dueOn).toBe('2026-02-24');
  const year = seedCalendar.years.find((one) => one.year === 2026);
  if (!year) throw new Error('the seed knows 2026');
  const published = { ...year, calendar: 'statutory', makeUpWorkdays: [...year.makeUpWorkdays] };

  const holidays = [...year.holidays, '2026-02-24'];
  await service.hear(CalendarYearPublished, { ...published, holidays, version: 2 });

  expect(await find(classId)).toMatchObject({ dueOn: '2026-02-25', report: { effectiveDueOn: '2026-02-25' } });
  await service.hear(CalendarYearPublished, { ...published, holidays: [...year.holidays], version: 3 });
  expect((await find(classId)).dueOn).toBe('2026-02-24');
});
