import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DueDayExtended } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { oversight } from '../index.js';
import { Story } from '../testing/events.js';

const service = new ServiceUnderTest(oversight);
beforeAll(async () => {
  await service.start();
  await service.runTimers();
});
afterAll(() => service.stop());
beforeEach(() => service.clock.set('2026-02-10T10:00:00+08:00'));

const officer = service.as({ permissions: ['clocks:set', 'clocks:read'], reach: 'province' });
const approver = service.as({ permissions: ['clocks:approve', 'clocks:read'], reach: 'province' });
const both = service.as({ permissions: ['clocks:set', 'clocks:approve', 'clocks:read'], reach: 'province' });
const reason = '系统升级期间无法报送';

/** A clock of thirty days from 2026-01-31, due on 2026-03-02. */
async function aClock(story = new Story(service)) {
  await story.completed('2026-01-31');
  const { body } = await officer.get('/clocks', { subjectId: story.classId });
  return { story, id: String(body.items[0].id) };
}
interface Told {
  what: string;
  words: string;
  office: boolean;
  accountId: string | null;
}
const clockOf = async (id: string) =>
  (await officer.get(`/clocks/${id}`)).body as Record<string, unknown> & { story: Told[] };
const pauseOf = (id: string, more: object = {}, by = officer) =>
  by.post(`/clocks/${id}/pauses`, { from: '2026-02-10', reason, ...more });
const extensionOf = (id: string, dueOn = '2026-03-20', by = officer) =>
  by.post(`/clocks/${id}/extensions`, { dueOn, reason, document: '鲁人社测〔2026〕1号' });
const approval = (settingId: string, by = approver) =>
  by.post(`/clock-settings/${settingId}/approve`, {}, { ifMatch: 1 });
const resumption = (settingId: string, on: string, ifMatch = 2) =>
  officer.post(`/clock-settings/${settingId}/resume`, { on }, { ifMatch });
async function paused(more: object = {}) {
  const { id, story } = await aClock();
  const { body } = await pauseOf(id, more);
  const settingId = String(body.settingId);
  expect((await approval(settingId)).status).toBe(201);
  return { id, story, settingId };
}
const codesOf = ({ body }: { body: { reasons?: { code: string }[] } }) => body.reasons?.map(({ code }) => code);
const extended = async (subjectId: string) =>
  (await service.announced()).filter(
    ({ type, data }) => type === DueDayExtended.type && data['subjectId'] === subjectId,
  );

it('extends a clock by a second person, tells everybody, and calls it a setting of the office', async () => {
  const { id, story } = await aClock();
  const { body: request } = await extensionOf(id);
  const waiting = await clockOf(id);

  const { status, body } = await approval(request.settingId);

  expect(waiting).toMatchObject({ effectiveDue: '2026-03-02', office: null });
  expect([status, body]).toEqual([201, { version: 2, effectiveDueOn: '2026-03-20' }]);
  const clock = await clockOf(id);
  expect(clock).toMatchObject({ statutoryDue: '2026-03-02', effectiveDue: '2026-03-20', office: '省厅设定，非法定' });
  expect(clock.story.map(({ what, office }) => [what, office])).toEqual([
    ['started', false],
    ['extension-requested', true],
    ['extension-approved', true],
  ]);
  expect(clock.story[2]).toMatchObject({ on: '2026-02-10', by: '省厅', document: '鲁人社测〔2026〕1号' });
  expect(clock.story[2]?.words).toContain('省厅设定，非法定');
  expect(clock.story[1]?.accountId).not.toBe(clock.story[2]?.accountId);
  expect(await extended(story.classId)).toMatchObject([
    { data: { kind: 'training-report', part: 1, effectiveDueOn: '2026-03-20', decidedOn: '2026-02-10' } },
  ]);
  expect(
    await service.query('select detail from audit where subject = $1 order by sequence', [`clock:${id}`]),
  ).toHaveLength(2);

  await story.trainingReported('2026-03-20');
  expect(await clockOf(id)).toMatchObject({ state: 'stopped-on-time' });
});

it('tells which approval has another day to be issued by', async () => {
  const story = await new Story(service).begun();
  await story.received('2026-02-02');
  await story.decided('2026-02-03', ['confirmed'], 0);
  await story.approved('2026-02-05', 1);
  const { body } = await officer.get('/clocks', { subjectId: story.batchId, kind: 'issue' });
  const { body: request } = await extensionOf(String(body.items[0].id));

  expect((await approval(request.settingId)).status).toBe(201);

  expect(await extended(story.batchId)).toMatchObject([
    { data: { kind: 'issue', part: 1, approvedOn: '2026-02-05', effectiveDueOn: '2026-03-20' } },
  ]);
});

it('stands still while paused, and goes on later by the days it stood', async () => {
  const { id, story, settingId } = await paused();
  service.clock.set('2026-04-01T10:00:00+08:00');
  const still = await clockOf(id);
  const overdue = (await officer.get('/clocks', { overdue: 'true', subjectId: story.classId })).body.total;

  const { body } = await resumption(settingId, '2026-02-20');

  expect(still).toMatchObject({
    state: 'paused',
    label: '暂停',
    pausedOn: '2026-02-10',
    overdue: false,
    daysLeft: null,
  });
  expect(overdue).toBe(0);
  // Ten days stood still, from the 10th to the 19th: the 2nd of March becomes the 12th.
  expect(body).toEqual({ version: 3, effectiveDueOn: '2026-03-12' });
  expect(await clockOf(id)).toMatchObject({
    state: 'running',
    effectiveDue: '2026-03-12',
    pausedOn: null,
    overdue: true,
  });
  expect((await clockOf(id)).story.at(-1)).toMatchObject({ what: 'resumed', office: true });
  expect(await extended(story.classId)).toHaveLength(1);
});

it('is stopped by the act even while paused, with the days it stood still', async () => {
  const { id, story } = await paused();
  await story.trainingReported('2026-03-20');

  expect(await clockOf(id)).toMatchObject({ state: 'stopped-on-time', effectiveDue: '2026-04-09' });
});

it('adds nothing for a pause that says so', async () => {
  const { id, settingId } = await paused({ addsDays: false });
  service.clock.set('2026-02-25T10:00:00+08:00');
  await resumption(settingId, '2026-02-20');

  expect(await clockOf(id)).toMatchObject({ state: 'running', effectiveDue: '2026-03-02' });
});

it('keeps the settings when the clocks are made again from the events', async () => {
  const { id, settingId, story } = await paused();
  service.clock.set('2026-02-25T10:00:00+08:00');
  await resumption(settingId, '2026-02-20');
  const before = await clockOf(id);
  await service.query('delete from clock where id = $1', [id]);

  await story.completed('2026-01-31');

  expect(await clockOf(id)).toEqual(before);
  expect(await extended(story.classId)).toHaveLength(1);
});

it('refuses with a reason, and leaves the clock alone', async () => {
  const { id } = await aClock();
  const { body: request } = await pauseOf(id);
  const { status } = await approver.post(
    `/clock-settings/${request.settingId}/refuse`,
    { reason: '理由不充分' },
    { ifMatch: 1 },
  );

  expect(status).toBe(201);
  expect(await clockOf(id)).toMatchObject({ state: 'running', office: null });
  expect((await clockOf(id)).story.at(-1)?.words).toContain('不批准自 2026-02-10 起暂停：理由不充分');
  expect((await approver.get('/clock-settings', { clockId: id })).body).toMatchObject({
    ...{ total: 1, items: [{ state: 'refused', decisionReason: '理由不充分', from: '2026-02-10' }] },
  });
});

it.each([
  ['pause-before-start', { from: '2026-01-30' }],
  ['pause-in-future', { from: '2026-02-11' }],
])('refuses a pause with %s', async (code, more) => {
  const { id } = await aClock();
  expect(codesOf(await pauseOf(id, more))).toEqual([code]);
  expect((await officer.get('/clock-settings', { clockId: id })).body.total).toBe(0);
});

it('tells every rule that a request breaks at once', async () => {
  const { id, story } = await aClock();
  await extensionOf(id);
  await story.trainingReported('2026-02-09');
  service.clock.set('2026-03-09T10:00:00+08:00');

  expect(codesOf(await pauseOf(id, { from: '2026-03-08' }))).toEqual([
    'clock-stopped',
    'setting-waiting',
    'pause-after-due',
  ]);
});

it.each([
  ['extension-not-later', '2026-03-02'],
  ['extension-on-day-off', '2026-03-21'],
])('refuses an extension with %s', async (code, dueOn) => {
  const { id } = await aClock();
  expect(codesOf(await extensionOf(id, dueOn))).toEqual([code]);
});

it('lets nobody approve or refuse what they asked for themselves', async () => {
  const { id } = await aClock();
  const { body } = await pauseOf(id, {}, both);

  expect(codesOf(await approval(body.settingId, both))).toEqual(['same-person']);
  const refusal = await both.post(`/clock-settings/${body.settingId}/refuse`, { reason: '不用了' }, { ifMatch: 1 });
  expect(codesOf(refusal)).toEqual(['same-person']);
});

it('refuses what the clock or the request no longer allows', async () => {
  const { id, settingId, story } = await paused();
  const again = await pauseOf(id);
  const further = await extensionOf(id);
  const twice = await approver.post(`/clock-settings/${settingId}/approve`, {}, { ifMatch: 2 });
  const stale = await approver.post(`/clock-settings/${settingId}/approve`, {}, { ifMatch: 1 });
  const early = await resumption(settingId, '2026-02-09');
  const ahead = await resumption(settingId, '2026-02-11');
  await story.trainingReported('2026-02-10');
  const late = await resumption(settingId, '2026-02-10');

  expect([codesOf(again), codesOf(further)]).toEqual([['clock-paused'], ['clock-paused']]);
  expect(codesOf(twice)).toEqual(['setting-decided', 'clock-paused']);
  expect([stale.status, stale.body.code]).toEqual([409, 'stale-version']);
  expect([codesOf(early), codesOf(ahead), codesOf(late)]).toEqual([
    ['resume-before-pause'],
    ['resume-in-future'],
    ['clock-stopped'],
  ]);

  const other = await aClock();
  const { body } = await extensionOf(other.id);
  expect(codesOf(await resumption(body.settingId, '2026-02-10', 1))).toEqual(['not-paused']);
});

it('lets one of two requests through, and one of two approvals', async () => {
  const { id } = await aClock();
  const requests = await Promise.all([pauseOf(id), extensionOf(id)]);
  const winner = requests.find(({ status }) => status === 201);
  const approvals = await Promise.all([approval(winner?.body.settingId), approval(winner?.body.settingId)]);

  expect(requests.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(approvals.map(({ status }) => status).sort()).toEqual([201, 409]);
});

it('is for the department alone; an institution sees what was set for it, a stranger to it nothing', async () => {
  const { id, story } = await aClock();
  const { body } = await extensionOf(id);
  const claims = { permissions: ['clocks:set', 'clocks:approve', 'clocks:read'] } as const;
  const own = service.as({ ...claims, organisationId: story.training });
  const foreign = service.as({ ...claims, organisationId: story.evaluation });

  expect((await pauseOf(id, {}, own)).status).toBe(403);
  expect((await approval(body.settingId, own)).status).toBe(403);
  expect((await own.get('/clock-settings')).body.total).toBe(1);
  expect((await foreign.get('/clock-settings')).body.total).toBe(0);
  expect(
    (await service.as({ permissions: ['clocks:read'], reach: 'province' }).post(`/clocks/${id}/pauses`)).status,
  ).toBe(403);
  expect((await pauseOf(story.planId)).status).toBe(404);
});

it('takes no person’s numbers in a reason', async () => {
  const { id } = await aClock();
  expect((await pauseOf(id, { reason: '请联系 13812345678' })).status).toBe(400);
});
