import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DueDayExtended, MembershipGranted } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { addDays, type Calendar, dueOf, seedCalendar, statutoryClocks } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import { oversight } from './index.js';
import { Story } from './testing/events.js';

const service = new ServiceUnderTest(oversight, { now: '2026-09-01T09:00:00+08:00' });
const story = new Story(service);
const account = randomUUID();
const START = '2026-09-07';
beforeAll(async () => {
  await service.start();
  await service.runTimers();
  await story.begun();
  const permissions = ['training-report:file', 'result-report:file', 'certificates:issue', 'batches:confirm'];
  for (const [organisationId, reach] of [
    [story.training, 'organisation'],
    [story.evaluation, 'organisation'],
    [randomUUID(), 'province'],
  ] as const)
    await service.hear(MembershipGranted, { accountId: account, organisationId, permissions, reach, cityCode: null });
  await story.completed(START);
  await story.sat(START);
  await story.received(START);
  await story.approved(START, 1);
});
afterAll(() => service.stop());

const officer = service.as({ permissions: ['calendar:manage', 'clocks:read'], reach: 'province' });

async function dueDays() {
  const { body } = await officer.get('/clocks', { limit: 50 });
  const items = body.items as { kind: string; effectiveDue: string }[];
  return Object.fromEntries(items.map(({ kind, effectiveDue }) => [kind, effectiveDue]));
}
const dueBy = (calendar: Calendar) =>
  Object.fromEntries(statutoryClocks.map((rule) => [rule.code, dueOf(rule, calendar, START).effective]));

/** The year's table, with more days free or worked than it ships with, published again. */
async function publish(more: { holidays?: string[]; makeUpWorkdays?: string[] }): Promise<Calendar> {
  const { body } = await service.stranger.get('/calendar/2026');
  const [known, ...others] = [...seedCalendar.years].sort((one, other) => other.year - one.year);
  if (!known) throw new Error('2026 does not ship with the registry');
  const table = {
    ...{ coversThrough: known.coversThrough, source: known.source },
    holidays: [...known.holidays, ...(more.holidays ?? [])],
    makeUpWorkdays: [
      ...known.makeUpWorkdays.filter((day) => !more.holidays?.includes(day)),
      ...(more.makeUpWorkdays ?? []),
    ],
  };
  const answer = await officer.put('/calendar/2026', table, { ifMatch: body.version as number });
  expect(answer.body).not.toHaveProperty('code');
  return { years: [...others, { ...known, ...table }] };
}

async function morning(day: string) {
  service.clock.set(`${day}T07:30:00+08:00`);
  await service.runTimers();
}
const told = () =>
  service.query<{ kind: string; due: string; moment: string }>(
    `select kind, due_on::text as due, moment from digest_item where account_id = $1 order by kind, due_on, moment`,
    [account],
  );
const days = (from: string, count: number) => Array.from({ length: count }, (_, i) => addDays(from, i));

it('each of the four clocks moves with the table, to a later day and back, and each due day is told once', async () => {
  expect(await dueDays()).toEqual(dueBy(seedCalendar));

  // Before anything falls due, the due days themselves become free.
  const later = await publish({ holidays: [...new Set(Object.values(dueBy(seedCalendar)))] });
  expect(await dueDays()).toEqual(dueBy(later));
  for (const [kind, due] of Object.entries(dueBy(later))) expect(due > (dueBy(seedCalendar)[kind] ?? '')).toBe(true);
  for (const day of days('2026-09-08', 8)) await morning(day);
  const back = await publish({ makeUpWorkdays: ['2026-09-12'] });
  expect(await dueDays()).toEqual(dueBy(back));
  // The same table once more moves nothing.
  await publish({ makeUpWorkdays: ['2026-09-12'] });
  expect(await dueDays()).toEqual(dueBy(back));
  for (const day of days('2026-09-16', 40)) await morning(day);

  const messages = await told();
  expect(new Set(messages.map((one) => JSON.stringify(one))).size).toBe(messages.length);
  expect(new Set(messages.map(({ kind }) => kind))).toEqual(new Set(statutoryClocks.map(({ code }) => code)));
  for (const { kind, due } of messages) expect([dueBy(later)[kind], dueBy(back)[kind]]).toContain(due);
  const extended = (await service.announced()).filter(({ type }) => type === DueDayExtended.type);
  expect(extended).toEqual([]);
});

it('tells nothing twice and undoes nothing when the server’s clock is set back and goes on again', async () => {
  const before = await told();
  const fired = () =>
    service.query<{ key: string }>(
      `select key, done_at from timer where kind = 'daily-digest' and done_at is not null order by key`,
    );
  const done = await fired();

  for (const day of [...days('2026-09-20', 3), ...days('2026-10-01', 26)]) await morning(day);

  expect(await told()).toEqual(before);
  expect((await fired()).filter(({ key }) => done.some((one) => one.key === key))).toEqual(done);
  // What was written first stands first, whatever the clock said; and it was recorded no earlier.
  const backwards = await service.query(
    `select chain from (
       select chain, sequence, recorded_at, lag(recorded_at) over (partition by chain order by sequence) as before from audit
     ) as linked where recorded_at < before`,
  );
  expect(backwards).toEqual([]);
});
