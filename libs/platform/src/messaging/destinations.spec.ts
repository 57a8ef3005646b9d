import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Bell } from './bell.js';
import { openDestinations } from './destinations.js';
import { announce } from './event-log.js';
import { aSite } from './testing/databases.js';
import { SeatTaken } from './testing/events.js';
import { aSeat, count, someClasses, takeSeats } from './testing/seats.js';

const flushed = new Bell();
let site: Awaited<ReturnType<typeof aSite>>;
let beforeCommit: () => Promise<unknown> = async () => {};
beforeAll(async () => {
  site = await aSite('destinations');
  site.db.closeWith({ written: () => beforeCommit() });
});
afterAll(() => site.drop());
beforeEach(async () => {
  await site.db.query('truncate lease, unsent, event, stream');
});

const unsentTo = (destination: string) => count(site.db, `unsent where destination = '${destination}'`);

it('gives a new destination the whole log, and a known one only what is new', async () => {
  await openDestinations(site.db, ['here']);
  await takeSeats(site.db, someClasses(3), 20);
  await site.db.query('delete from unsent');

  await openDestinations(site.db, ['here', 'there']);
  const events = await count(site.db, 'event');

  expect(await unsentTo('here')).toBe(0);
  expect(await unsentTo('there')).toBe(events);
  await takeSeats(site.db, someClasses(1), 1);
  expect(await unsentTo('here')).toBe((await count(site.db, 'event')) - events);
});

it('collects nothing for a destination that nobody serves any more', async () => {
  await openDestinations(site.db, ['here', 'gone']);
  await takeSeats(site.db, someClasses(3), 20);

  await openDestinations(site.db, ['here']);
  await takeSeats(site.db, someClasses(3), 20);

  expect(await unsentTo('gone')).toBe(0);
  expect(await unsentTo('here')).toBe(await count(site.db, 'event'));
});

it('does not miss an event that was on its way when the destination was opened', async () => {
  const commit = new Bell();
  const since = flushed.now;
  beforeCommit = async () => {
    beforeCommit = async () => {};
    flushed.ring();
    await commit.nap(commit.now, 10_000);
  };
  const announcing = site.db.transaction(async (tx) => announce(tx, SeatTaken, aSeat(randomUUID())));
  await flushed.nap(since, 10_000);

  const opening = openDestinations(site.db, ['late']);
  await pause(200);
  commit.ring();
  await Promise.all([announcing, opening]);

  expect(await unsentTo('late')).toBe(1);
});
