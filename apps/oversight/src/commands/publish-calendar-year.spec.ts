import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CalendarYearPublished } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { oversight } from '../index.js';
import { Story } from '../testing/events.js';

const service = new ServiceUnderTest(oversight, { now: '2026-12-21T09:00:00+08:00' });
beforeAll(async () => {
  await service.start();
  await service.runTimers();
});
afterAll(() => service.stop());

const officer = service.as({ permissions: ['calendar:manage', 'clocks:read'], reach: 'province' });
const notice = { title: '某年部分节假日安排的通知', number: '', date: '', takenFrom: '测试' };
const aTable = (year: number, more: object = {}) => ({
  ...{ coversThrough: `${year}-12-31`, holidays: [`${year}-01-01`], makeUpWorkdays: [], source: notice },
  ...more,
});
const clockOf = async (subjectId: string) => (await officer.get('/clocks', { subjectId })).body.items[0];

it('loads the years that ship with it once, and announces each', async () => {
  await service.query('update timer set done_at = null');
  await service.runTimers();

  const { body } = await service.stranger.get('/calendar');
  expect(body.items).toMatchObject([2024, 2025, 2026].map((year) => ({ year, version: 1 })));
  expect(body.total).toBe(3);
  const told = (await service.announced()).filter(({ type }) => type === CalendarYearPublished.type);
  expect(told.map(({ data }) => data['year'])).toEqual([2024, 2025, 2026]);
  expect((await service.stranger.get('/calendar/2026')).body).toMatchObject({
    ...{ year: 2026, version: 1, coversThrough: '2026-12-31', confidence: 'T' },
    source: { number: '国办发明电〔2025〕7号' },
  });
  expect((await service.stranger.get('/calendar/2030')).status).toBe(404);
  expect((await service.stranger.get('/calendar/soon')).status).toBe(404);
});

it('holds days of 2027 for provisional, and counts running clocks again when the year is loaded', async () => {
  const [running, reported] = [new Story(service), new Story(service)];
  await running.completed('2026-12-10');
  await reported.completed('2026-12-10');
  await reported.trainingReported('2027-01-10');
  const before = await clockOf(running.classId);

  const { status, body } = await officer.put(
    '/calendar/2027',
    aTable(2027, { holidays: ['2027-01-01', '2027-01-11'], makeUpWorkdays: ['2027-01-09'] }),
    { ifMatch: 0 },
  );

  expect(before).toMatchObject({ provisional: true, rawDue: '2027-01-09', effectiveDue: '2027-01-11' });
  expect(before.words).toContain('暂定');
  expect([status, body]).toEqual([200, { year: 2027, version: 1, recomputed: 2 }]);
  // The Saturday turns out to be a working day: the clock does not roll, and the report of the 10th is late.
  expect(await clockOf(running.classId)).toMatchObject({ provisional: false, effectiveDue: '2027-01-09' });
  expect(await clockOf(reported.classId)).toMatchObject({ provisional: false, state: 'stopped-late' });
  expect((await service.announced()).at(-1)).toMatchObject({
    type: CalendarYearPublished.type,
    data: { calendar: 'statutory', year: 2027, version: 1, makeUpWorkdays: ['2027-01-09'] },
  });
  expect(await service.query(`select detail from audit where subject = 'calendar:2027'`)).toEqual([
    { detail: '{"version":1,"recomputed":2}' },
  ]);
});

it('leaves alone what stopped on a certain day when a year is put right', async () => {
  const [stopped, running] = [new Story(service), new Story(service)];
  await stopped.completed('2026-11-20');
  await running.completed('2026-11-20');
  await stopped.trainingReported('2026-12-20');
  const { body: year } = await service.stranger.get('/calendar/2026');
  const { coversThrough, makeUpWorkdays, source } = year;
  const holidays = [...year.holidays, '2026-12-21'];

  const { body } = await officer.put(
    '/calendar/2026',
    { coversThrough, makeUpWorkdays, source, holidays },
    { ifMatch: year.version },
  );

  expect(body).toMatchObject({ version: 2, recomputed: 1 });
  expect(await clockOf(stopped.classId)).toMatchObject({ effectiveDue: '2026-12-21' });
  expect(await clockOf(running.classId)).toMatchObject({ effectiveDue: '2026-12-22' });
});

it('keeps every version that a year has had, with its notice, for anybody to read', async () => {
  const version = (await service.stranger.get('/calendar/2025')).body.version;
  const table = aTable(2025, { source: { ...notice, title: '更正的通知' } });
  await officer.put('/calendar/2025', table, { ifMatch: version });

  const { body } = await service.stranger.get('/calendar/2025/history');

  expect(body).toMatchObject({ total: 2, items: [{ version: 2, source: { title: '更正的通知' } }, { version: 1 }] });
  expect(body.items[1].holidays.length).toBeGreaterThan(10);
  expect(body.items[0]).toMatchObject({
    year: 2025,
    coversThrough: '2025-12-31',
    publishedAt: '2026-12-21T09:00:00.000+08:00',
  });
  expect((await service.stranger.get('/calendar/2031/history')).status).toBe(404);
});

it('lets one of two amendments through, and answers a repeat with the first receipt', async () => {
  const table = aTable(2028);
  const answers = await Promise.all([
    officer.put('/calendar/2028', table, { ifMatch: 0, key: 'calendar-2028-a' }),
    officer.put('/calendar/2028', table, { ifMatch: 0, key: 'calendar-2028-b' }),
  ]);
  const winner = answers.findIndex(({ status }) => status === 200) === 0 ? 'a' : 'b';
  const again = await officer.put('/calendar/2028', table, { ifMatch: 0, key: `calendar-2028-${winner}` });

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('stale-version');
  expect([again.status, again.body.version]).toEqual([200, 1]);
});

it('counts no clock by a table that is being replaced, however close they come', async () => {
  const stories = Array.from({ length: 12 }, () => new Story(service));
  const [{ status }] = await Promise.all([
    officer.put('/calendar/2030', aTable(2030), { ifMatch: 0 }),
    ...stories.map((story) => story.completed('2030-02-01')),
  ]);

  const left = await service.query(
    'select count(*)::int as provisional from clock where provisional and subject_id = any($1)',
    [stories.map(({ classId }) => classId)],
  );
  expect([status, left]).toEqual([200, [{ provisional: 0 }]]);
});

it.each([
  ['calendar-day-unreal', { holidays: ['2029-02-30'] }],
  ['calendar-coverage-outside-year', { coversThrough: '2030-01-31' }],
  ['calendar-day-outside-year', { holidays: ['2028-10-01'] }],
  ['calendar-day-twice', { holidays: ['2029-02-24'], makeUpWorkdays: ['2029-02-24'] }],
  ['make-up-day-not-weekend', { makeUpWorkdays: ['2029-02-26'] }],
  ['calendar-source-missing', { source: { ...notice, title: ' ' } }],
])('refuses a table with %s and keeps nothing of it', async (code, wrong) => {
  const { status, body } = await officer.put('/calendar/2029', aTable(2029, wrong), { ifMatch: 0 });

  expect(status).toBe(422);
  expect(body.reasons).toEqual([expect.objectContaining({ code })]);
  expect((await service.stranger.get('/calendar/2029')).status).toBe(404);
});

it('asks for the permission, for the whole province and for the version read', async () => {
  const claims = { permissions: ['calendar:manage'] } as const;
  const answers = [
    await service.stranger.put('/calendar/2029', aTable(2029), { ifMatch: 0 }),
    await service.as({ permissions: ['clocks:read'] }).put('/calendar/2029', aTable(2029), { ifMatch: 0 }),
    await service.as({ ...claims, reach: 'organisation' }).put('/calendar/2029', aTable(2029), { ifMatch: 0 }),
    await officer.put('/calendar/2029', aTable(2029)),
    await officer.put('/calendar/1999', aTable(1999), { ifMatch: 0 }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([401, 403, 403, 400, 404]);
});
