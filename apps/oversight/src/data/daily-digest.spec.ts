import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AccessWithdrawn, MembershipGranted } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { oversight } from '../index.js';
import { Story } from '../testing/events.js';

const service = new ServiceUnderTest(oversight, { now: '2026-02-01T09:00:00+08:00' });
beforeAll(async () => {
  await service.start();
  await service.runTimers();
});
afterAll(() => service.stop());

type Item = { kind: string; subjectId: string; moment: string; daysLeft: number; words: string };
interface Digest {
  day: string;
  items: Item[];
}

async function granted(
  organisationId: string,
  permissions: string[],
  reach = 'organisation',
  accountId = randomUUID(),
) {
  await service.hear(MembershipGranted, { accountId, organisationId, permissions, reach, cityCode: null });
  return accountId;
}
async function messagesOf(accountId: string): Promise<Digest[]> {
  const token = await service.token({ accountId, permissions: [] });
  const url = `${service.url}/api/v1/oversight/digests/mine?limit=200`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as { items: Digest[] }).items;
}
/** A morning comes: what was asked for this day, or for a day before it, runs. */
async function morning(day: string) {
  service.clock.set(`${day}T07:30:00+08:00`);
  await service.runTimers();
}
const momentsOf = (digests: Digest[]) => digests.map(({ day, items }) => [day, items.map(({ moment }) => moment)]);

it('A26 tells each person once of all that has three days left, one day left and is one day past', async () => {
  const [one, two] = [new Story(service), new Story(service)];
  const organisationId = one.training;
  Object.assign(two, { training: organisationId });
  const reporter = await granted(organisationId, ['training-report:file', 'clocks:read']);
  const teacher = await granted(organisationId, ['lessons:record']);
  const foreign = await granted(two.evaluation, ['training-report:file', 'result-report:file']);
  await one.completed('2026-01-31');
  await two.completed('2026-01-31');
  await granted(organisationId, ['training-report:file', 'clocks:read'], 'organisation', reporter);

  for (const day of ['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']) await morning(day);
  await one.trainingReported('2026-03-02');
  for (const day of ['2026-03-03', '2026-03-04']) await morning(day);

  const digests = await messagesOf(reporter);
  expect(momentsOf(digests)).toEqual([
    ['2026-03-03', ['one-day-past']],
    ['2026-03-01', ['one-day-left', 'one-day-left']],
    ['2026-02-27', ['three-days-left', 'three-days-left']],
  ]);
  expect(digests[1]?.items.map(({ subjectId }) => subjectId).sort()).toEqual([one.classId, two.classId].sort());
  expect(digests[0]?.items[0]).toMatchObject({ kind: 'training-report', daysLeft: -1, words: '已逾期' });
  expect(await messagesOf(teacher)).toEqual([]);
  expect(await messagesOf(foreign)).toEqual([]);
});

it('A26 sends nothing more when the job runs twice, at once, or again after a restart', async () => {
  const story = new Story(service);
  const account = await granted(story.training, ['training-report:file']);
  await story.completed('2026-03-15');
  const due = '2026-04-14';
  await morning('2026-04-10');
  service.clock.set('2026-04-11T07:30:00+08:00');
  await Promise.all([service.runTimers(), service.runTimers()]);
  await service.query(`update timer set done_at = null where kind = 'daily-digest'`);
  await service.runTimers();
  await service.query(`update timer set done_at = null where kind = 'daily-digest'`);
  service.clock.set('2026-04-12T07:30:00+08:00');
  await service.runTimers();

  expect(momentsOf(await messagesOf(account))).toEqual([['2026-04-11', ['three-days-left']]]);
  expect((await messagesOf(account))[0]?.items).toMatchObject([{ dueOn: due }]);
});

it('tells on the next morning what fell on a day on which nothing ran, and once more when the due day is another', async () => {
  const story = new Story(service);
  const account = await granted(story.training, ['training-report:file']);
  await story.completed('2026-05-01');
  await morning('2026-05-29');
  const missed = momentsOf(await messagesOf(account));
  const officer = service.as({ permissions: ['clocks:set', 'clocks:read'], reach: 'province' });
  const approver = service.as({ permissions: ['clocks:approve'], reach: 'province' });
  const { body } = await officer.get('/clocks', { subjectId: story.classId });
  const request = await officer.post(`/clocks/${body.items[0].id}/extensions`, {
    dueOn: '2026-06-10',
    reason: '设备故障',
  });
  await approver.post(`/clock-settings/${request.body.settingId}/approve`, {}, { ifMatch: 1 });
  await morning('2026-06-01');
  await morning('2026-06-08');

  expect(missed).toEqual([['2026-05-29', ['three-days-left']]]);
  expect(momentsOf(await messagesOf(account))).toEqual([
    ['2026-06-08', ['three-days-left']],
    ['2026-05-29', ['three-days-left']],
  ]);
});

it('tells the department of what awaits its confirmation, and shows nothing of an office to who has left it', async () => {
  const story = await new Story(service).begun();
  const office = randomUUID();
  const account = await granted(office, ['batches:confirm'], 'province');
  await story.received('2026-07-01');
  await morning('2026-07-12');
  const before = await messagesOf(account);
  await service.hear(AccessWithdrawn, {
    accountId: account,
    organisationId: office,
    withdrawnAt: new Date().toISOString(),
  });
  await morning('2026-07-16');

  expect(before.at(-1)?.items).toContainEqual(
    expect.objectContaining({ kind: 'confirmation', subjectId: story.batchId, moment: 'three-days-left' }),
  );
  expect((await messagesOf(account)).flatMap(({ items }) => items)).toEqual([]);
  const [{ n } = { n: 1 }] = await service.query(
    `select count(*)::int as n from digest where account_id = $1 and day = '2026-07-16'`,
    [account],
  );
  expect(n).toBe(0);
});
