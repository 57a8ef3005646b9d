import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OrganisationRegistered } from '@shuzheng/contracts';
import { type Caller, ServiceUnderTest } from '@shuzheng/platform/testing';
import type { ClockView } from '../data/clock-view.js';
import { oversight } from '../index.js';
import { Story } from '../testing/events.js';

const service = new ServiceUnderTest(oversight);
beforeAll(async () => {
  await service.start();
  await service.runTimers();
});
afterAll(() => service.stop());

const department = service.as({ permissions: ['clocks:read'], reach: 'province' });
const listed = async (caller: Caller, filter: Record<string, string | number> = {}) =>
  (await caller.get('/clocks', { limit: 200, ...filter })).body.items as (ClockView & Record<string, unknown>)[];
const clocksOf = (subjectId: string) => listed(department, { subjectId });
/** The one clock of that subject. */
async function clockOf(subjectId: string) {
  const [clock] = await clocksOf(subjectId);
  if (!clock) throw new Error('no clock');
  return clock;
}

it('A23 has the training report due on 2026-03-02 for a class that ended on 2026-01-31', async () => {
  const [onTheDay, dayAfter] = [new Story(service), new Story(service)];
  await onTheDay.completed('2026-01-31');
  await dayAfter.completed('2026-01-31');
  await onTheDay.trainingReported('2026-03-02');
  await dayAfter.trainingReported('2026-03-03');

  const clock = await clockOf(onTheDay.classId);
  const late = await clockOf(dayAfter.classId);

  expect(clock).toMatchObject({
    ...{ kind: 'training-report', name: '学员名单和培训情况报送', day0: '2026-01-31', n: 30, unit: 'day' },
    ...{ rawDue: '2026-03-02', effectiveDue: '2026-03-02', provisional: false, status: 'known' },
    ...{ document: '鲁人社字〔2022〕156号', article: '四（二）', startEvent: '培训结业' },
    ...{ state: 'stopped-on-time', stoppedOn: '2026-03-02', label: '按时完成', daysLeft: null },
  });
  expect(late).toMatchObject({ state: 'stopped-late', label: '逾期完成', overdue: false });
  expect(late.words).toBe('已于 2026-03-03 完成，逾期 1 天，期限为 2026-03-02');
});

it('A23 rolls a due day inside the holiday to the first working day after it, and is late only from the next', async () => {
  const story = new Story(service);
  await story.completed('2026-01-16');
  const standings: unknown[] = [];
  for (const day of ['2026-02-20', '2026-02-21', '2026-02-24', '2026-02-25']) {
    service.clock.set(`${day}T23:59:00+08:00`);
    const { rawDue, effectiveDue, overdue, dueSoon, label, words } = await clockOf(story.classId);
    expect([rawDue, effectiveDue]).toEqual(['2026-02-15', '2026-02-24']);
    standings.push([day, overdue, dueSoon, label, words]);
  }

  expect(standings).toEqual([
    ['2026-02-20', false, false, '正常', '还剩 4 天（1 个工作日），到 2026-02-24'],
    ['2026-02-21', false, true, '临期', '还剩 3 天（1 个工作日），到 2026-02-24'],
    ['2026-02-24', false, true, '临期', '今天到期（2026-02-24 24:00 前）'],
    ['2026-02-25', true, false, '逾期', '已逾期 1 天，期限为 2026-02-24'],
  ]);
});

it.each([
  ['2026-02-06', '2026-02-27'],
  ['2026-09-18', '2026-10-09'],
  ['2026-04-27', '2026-05-13'],
])('A24 counts ten working days from %s over the holidays, make-up days included, to %s', async (day, due) => {
  const story = await new Story(service).begun();
  await story.received(day);

  expect(await clocksOf(story.batchId)).toMatchObject([
    { kind: 'confirmation', part: 1, n: 10, unit: 'working-day', day0: day, effectiveDue: due, startStatus: '待核实' },
  ]);
});

it('runs a clock of its own for each part of a batch, which stops when nothing of the part is open', async () => {
  const story = await new Story(service).begun();
  await story.received('2026-03-02');
  await story.decided('2026-03-05', ['confirmed', 'confirmed'], 1);
  const [open] = await clocksOf(story.batchId);
  await story.decided('2026-03-06', ['returned'], 0);
  await story.received('2026-03-10', 2);

  expect(open).toMatchObject({ state: 'running' });
  expect(await clocksOf(story.batchId)).toMatchObject([
    { part: 1, state: 'stopped-on-time', stoppedOn: '2026-03-06' },
    { part: 2, state: 'running', day0: '2026-03-10' },
  ]);
});

it('counts thirty days of issue from the national approval, and stops when every approved row is issued', async () => {
  const story = await new Story(service).begun();
  await story.received('2026-03-02');
  await story.approved('2026-03-20', 3);
  await story.issued('2026-03-20', '2026-03-25', 2, 1);
  const issuing = async () => (await clocksOf(story.batchId)).filter(({ kind }) => kind === 'issue');
  const before = await issuing();
  await story.issued('2026-03-20', '2026-03-26', 1, 0);
  const stopped = await issuing();
  await story.approved('2026-03-20', 1);
  await story.approved('2026-03-24', 1);
  await story.approved('2026-03-27', 0);

  expect(before).toMatchObject([{ state: 'running', approvedOn: '2026-03-20', effectiveDue: '2026-04-20' }]);
  expect(stopped).toMatchObject([{ state: 'stopped-on-time', stoppedOn: '2026-03-26' }]);
  expect(await issuing()).toMatchObject([
    { approvedOn: '2026-03-20', state: 'running' },
    { approvedOn: '2026-03-24', state: 'running' },
  ]);
});

it('stops the result report’s clock with the first part; a later part changes nothing', async () => {
  const story = await new Story(service).begun();
  await story.sat('2026-02-02');
  await story.resultReported('2026-02-10');
  await story.resultReported('2026-05-10', 2);

  expect(await clocksOf(story.sessionId)).toMatchObject([
    { kind: 'result-report', state: 'stopped-on-time', stoppedOn: '2026-02-10', effectiveDue: '2026-03-04' },
  ]);
});

it('waits for what another topic has yet to bring', async () => {
  const story = new Story(service);
  const messages = [story.sessionOpening(), story.receiving('2026-03-02')];
  for (const message of messages) await service.deliver([message]).catch(() => undefined);
  expect(await clocksOf(story.batchId)).toEqual([]);

  await story.examPlanned().catch(() => undefined);
  await eventually(async () => expect(await clocksOf(story.batchId)).toHaveLength(1));

  const [left] = await service.query('select count(*)::int as held from held');
  expect(left).toEqual({ held: 0 });
});

it('shows an institution its own clocks, a city its city’s, the department all, and nobody a stranger’s', async () => {
  const [mine, other] = [new Story(service, '370200'), new Story(service, '371100')];
  await mine.completed('2026-01-31');
  await other.completed('2026-01-31');
  const { id } = await clockOf(other.classId);
  const claims = { permissions: ['clocks:read'] } as const;
  const institution = service.as({ ...claims, organisationId: mine.training });
  const city = service.as({ ...claims, reach: 'city', organisationId: other.training, cityCode: '370200' });
  const learner = service.as({ ...claims, reach: 'self', personId: mine.training });
  const subjects = async (caller: Caller) => (await listed(caller)).map(({ subjectId }) => subjectId);

  expect(await subjects(institution)).toEqual([mine.classId]);
  expect(await subjects(city)).toEqual([mine.classId]);
  expect(await subjects(learner)).toEqual([]);
  expect(await subjects(department)).toEqual(expect.arrayContaining([mine.classId, other.classId]));
  const [foreign, absent] = [await institution.get(`/clocks/${id}`), await institution.get(`/clocks/${mine.planId}`)];
  expect([foreign.status, absent.status]).toEqual([404, 404]);
  expect({ ...foreign.body, correlationId: '' }).toEqual({ ...absent.body, correlationId: '' });
  expect((await department.get(`/clocks/${id}`)).body).toMatchObject({ id, subjectId: other.classId });
  expect((await service.as({ permissions: [] }).get('/clocks')).status).toBe(403);
});

it('finds by the same flags that it shows, first what is due first', async () => {
  service.clock.set('2026-03-01T10:00:00+08:00');
  const story = new Story(service);
  await service.hear(OrganisationRegistered, {
    ...{ organisationId: story.training, name: '泉城培训中心', creditCode: null, cityCode: '370100' },
    role: 'training-institution',
  });
  await story.completed('2026-01-31');
  const all = await listed(department);

  for (const flag of ['overdue', 'dueSoon', 'provisional'] as const) {
    for (const value of ['true', 'false']) {
      const { body } = await department.get('/clocks', { limit: 200, [flag]: value });
      const expected = all.filter((clock) => String(clock[flag]) === value);
      expect(body.total).toBe(expected.length);
      expect(body.items).toEqual(expected);
    }
  }
  const dueDays = all.map(({ effectiveDue }) => effectiveDue);
  expect(dueDays).toEqual([...dueDays].sort());
  const running = await listed(department, { state: 'running', kind: 'training-report' });
  expect(running).toContainEqual(
    expect.objectContaining({ subjectId: story.classId, dueSoon: true, organisationName: '泉城培训中心' }),
  );
});

/** What was held back is tried again by a timer of the platform. */
async function eventually(check: () => Promise<unknown>) {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (error) {
      if (tries >= 60) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
