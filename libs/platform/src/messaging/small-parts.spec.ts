import { afterEach, expect, it, jest } from '@jest/globals';
import { Bell } from './bell.js';
import { shardOf } from './broker.js';
import { unwrap } from './envelope.js';
import { aMessage } from './testing/messages.js';
import { kafkaClient } from './topics.js';
import { uuid7 } from './uuid7.js';
import { Watchdog } from './watchdog.js';

afterEach(() => {
  jest.useRealTimers();
});

it('gives an aggregate the same shard for ever', () => {
  expect(['', 'a', '培训班', '5d3f0d0e-8f0b-4a63-9a0d-2f6f3c1f5c11'].map(shardOf)).toEqual([1, 4, 2, 7]);
});

it('makes ids that sort by their time', () => {
  const ids = [1, 2, 3].map((ms) => uuid7(Date.UTC(2026, 10, 21) + ms));

  expect([...ids].sort()).toEqual(ids);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('does not sleep through a ring that came just before', async () => {
  const bell = new Bell();
  const since = bell.now;

  bell.ring();

  await bell.nap(since, 60_000);
});

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

it('reads what a relay sends', () => {
  const message = aMessage('a', 1);

  expect(unwrap(bytes(message))).toEqual(message);
});

it.each([
  ['nothing', null],
  ['no text', Buffer.from([0xff, 0xfe, 0])],
  ['half of an event', bytes(aMessage('a', 1)).subarray(0, 60)],
  ['another kind of thing', bytes([1, 2])],
  ['null', bytes(null)],
  ['an event without number', bytes({ ...aMessage('a', 1), sequence: undefined })],
  ['an event before the first', bytes({ ...aMessage('a', 1), sequence: 0 })],
  ['an event with a broken number', bytes({ ...aMessage('a', 1), sequence: 1.5 })],
  ['an event without data', bytes({ ...aMessage('a', 1), data: null })],
  ['an event of nobody', bytes({ ...aMessage('a', 1), aggregate: '' })],
  ['an event of a broken name', bytes({ ...aMessage('a', 1), aggregate: 'a\u001fb' })],
])('does not take %s for an event', (_, value) => {
  expect(unwrap(value)).toBeUndefined();
});

it('looks for a broker that is away until that is over, and not a few times only', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  let [asked, refused] = [0, false];
  const nobody = kafkaClient({ brokers: ['127.0.0.1:1'] }, () => ++asked > 20).admin();

  nobody.connect().catch(() => (refused = true));
  for (let turns = 0; !refused && turns < 10_000; turns++) {
    await jest.advanceTimersByTimeAsync(50);
    await new Promise((resolve) => setImmediate(resolve));
  }

  expect([asked, refused]).toEqual([21, true]);
});

async function silentFor(
  seconds: number,
  reachable: (second: number) => boolean,
  alive = (_: number) => false,
  startsOver = (_: number) => false,
) {
  jest.useFakeTimers();
  let [second, barks] = [0, 0];
  const watchdog = new Watchdog(
    async () => reachable(second),
    () => barks++,
  );
  for (second = 1; second <= seconds; second++) {
    await jest.advanceTimersByTimeAsync(1000);
    if (alive(second)) watchdog.alive();
    if (startsOver(second)) watchdog.startsOver();
  }
  watchdog.stop();
  return barks;
}

it('barks after twelve silent seconds while the broker answers', async () => {
  expect(await silentFor(11, () => true)).toBe(0);
  expect(await silentFor(13, () => true)).toBe(1);
});

it('does not bark at a consumer that lives', async () => {
  expect(
    await silentFor(
      60,
      () => true,
      (second) => second % 11 === 0,
    ),
  ).toBe(0);
});

it('does not bark while the broker is away, nor before a consumer had time to come back', async () => {
  expect(await silentFor(300, () => false)).toBe(0);
  expect(
    await silentFor(
      24,
      (second) => second > 11,
      (second) => second === 15,
    ),
  ).toBe(0);
});

it.each([5, 9, 100])(
  'gives a consumer half a minute to come back after an outage of %i s, and no more',
  async (backAt) => {
    expect(await silentFor(backAt + 29, (second) => second >= backAt)).toBe(0);
    expect(await silentFor(backAt + 31, (second) => second >= backAt)).toBe(1);
  },
);

it('gives a consumer that starts over half a minute too, and no second one before it has lived again', async () => {
  const always = () => true;
  const startsOver = (second: number) => [1, 20, 40, 60].includes(second);
  const never = () => false;

  expect(await silentFor(30, always, never, startsOver)).toBe(0);
  expect(await silentFor(32, always, never, startsOver)).toBe(1);
  expect(await silentFor(80, always, (second) => [15, 35, 55, 79].includes(second), startsOver)).toBe(0);
});
