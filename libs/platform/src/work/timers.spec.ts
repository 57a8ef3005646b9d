import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Database, sql } from '../database.js';
import { ServiceUnderTest } from '../testing/index.js';
import { secret } from '../testing/sample-routes.js';
import { Remind, sample } from '../testing/sample-service.js';
import { Audit } from './audit.js';
import { schedule, type TimerHandler, Timers } from './timers.js';

// Its own timers rest: the tests bring theirs.
const service = new ServiceUnderTest({ ...sample, timers: [] });
const started: Timers[] = [];
beforeAll(() => service.start());
afterAll(() => service.stop());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterEach(async () => {
  for (const timers of started.splice(0)) await timers.stop();
  await service.behind((client) => client.query('truncate timer, reminder'));
});

/** What one replica of the service runs. */
function aPoller(...handlers: readonly TimerHandler[]) {
  const parts = [service.get(Database), service.clock, service.get(Audit)] as const;
  const timers = new Timers(...parts, handlers.length > 0 ? handlers : [service.get(Remind)]);
  started.push(timers);
  return timers;
}

const at = (minute: number) => new Date(`2026-03-02T09:${String(minute).padStart(2, '0')}:00+08:00`);
const remindAt = (minute: number, key: string = randomUUID()) =>
  service
    .get(Database)
    .transaction((tx) => schedule(tx, 'remind', key, at(minute), { noteId: randomUUID(), key }))
    .then(() => key);
/** Fails at one timer so many times, after it has done its work. */
const failing = (wrong: string, times: number): TimerHandler => ({
  kind: 'remind',
  run: async (payload, tx) => {
    await service.get(Remind).run(payload as { noteId: string }, tx);
    if ((payload as { key?: string }).key === wrong && times-- > 0) throw new Error('not now');
  },
});
const reminders = async () => (await service.query('select * from reminder')).length;
const timerOf = async (key: string) =>
  (
    await service.query<{ attempts: number; error: string | null; retry: string | null; done: boolean }>(
      'select attempts, error, retry_at as retry, done_at is not null as done from timer where key = $1',
      [key],
    )
  )[0];

it('runs each timer once, however many replicas look at the same moment', async () => {
  for (let i = 0; i < 40; i++) await remindAt(0);
  const pollers = [aPoller(), aPoller(), aPoller(), aPoller()];

  await Promise.all(pollers.map((timers) => timers.runDue()));
  await Promise.all(pollers.map((timers) => timers.runDue()));

  expect(await reminders()).toBe(40);
});

it('runs when the business clock says so, and not before', async () => {
  await remindAt(5);
  const timers = aPoller();

  await timers.runDue();
  expect(await reminders()).toBe(0);
  service.clock.set('2026-03-02T09:05:00+08:00');
  await timers.runDue();

  expect(await reminders()).toBe(1);
});

it('takes the same key for the same timer', async () => {
  await Promise.all([remindAt(0, 'one'), remindAt(0, 'one'), remindAt(0, 'one')]);
  const timers = aPoller();
  await timers.runDue();
  await remindAt(0, 'one');
  await timers.runDue();

  expect(await reminders()).toBe(1);
});

it('is not there when what asked for it was rolled back', async () => {
  const asked = service.get(Database).transaction(async (tx) => {
    await schedule(tx, 'remind', 'rolled back', at(0), { noteId: randomUUID() });
    throw new Error('no');
  });
  await expect(asked).rejects.toThrow('no');

  await aPoller().runDue();

  expect(await reminders()).toBe(0);
});

it('leaves alone what no handler here knows', async () => {
  await service.get(Database).transaction((tx) => schedule(tx, 'another', 'kind', at(0)));

  await aPoller().runDue();

  expect(await timerOf('kind')).toMatchObject({ done: false, attempts: 0 });
});

describe('a timer that fails', () => {
  it('leaves nothing, is tried again later and later, and keeps nobody waiting', async () => {
    const key = await remindAt(0, 'failing');
    const timers = aPoller(failing(key, 2));

    await timers.runDue();
    expect(await timerOf(key)).toMatchObject({ attempts: 1, done: false, retry: '2026-03-02T09:00:01.000+08:00' });
    expect(await reminders()).toBe(0);
    service.clock.set('2026-03-02T09:00:01+08:00');
    await remindAt(0, 'other');
    await timers.runDue();
    expect(await timerOf(key)).toMatchObject({ attempts: 2, done: false, retry: '2026-03-02T09:00:03.000+08:00' });
    expect(await timerOf('other')).toMatchObject({ done: true });
    service.clock.set('2026-03-02T09:00:03+08:00');
    await timers.runDue();

    expect(await timerOf(key)).toMatchObject({ attempts: 2, error: null, done: true });
    expect(await reminders()).toBe(2);
  });

  it('does not write down what its error says', async () => {
    service.get(Remind).failures = 1;
    const key = await remindAt(0);

    await aPoller().runDue();

    expect(JSON.stringify(await timerOf(key))).not.toContain(secret.slice(0, 3));
  });

  it('is still tried every ten minutes after years', async () => {
    service.get(Remind).failures = 1;
    const key = await remindAt(0);
    await service.behind((client) => client.query('update timer set attempts = 100000'));

    await aPoller().runDue();

    expect(await timerOf(key)).toMatchObject({ attempts: 100001, retry: '2026-03-02T09:10:00.000+08:00' });
  });

  it('because its process was cut off is run by another one, and its effect is there once', async () => {
    let first = true;
    const cutOff: TimerHandler = {
      kind: 'remind',
      run: async (payload: object, tx: EntityManager) => {
        await sql(tx, 'insert into reminder (note_id) values (gen_random_uuid())');
        if (!first) return;
        first = false;
        await service.behind((client) =>
          client.query(`select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and state = 'idle in transaction'`),
        );
        await sql(tx, 'select 1');
      },
    };
    const key = await remindAt(0);

    await aPoller(cutOff).runDue();
    expect([await timerOf(key), await reminders()]).toMatchObject([{ done: false }, 0]);
    service.clock.set('2026-03-02T09:01:00+08:00');
    await aPoller(cutOff).runDue();

    expect([await timerOf(key), await reminders()]).toMatchObject([{ done: true }, 1]);
  });
});

describe('a poller', () => {
  it('looks by itself, and when it stops finishes only what is under way', async () => {
    let running = 0;
    const slow: TimerHandler = {
      kind: 'remind',
      run: async () => {
        running += 1;
        await new Promise((resolve) => setTimeout(resolve, 100));
      },
    };
    for (let i = 0; i < 20; i++) await remindAt(0);
    const timers = aPoller(slow);
    timers.start(5);
    while (running === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    await timers.stop();

    expect(running).toBeLessThan(5);
    const done = await service.query('select 1 from timer where done_at is not null');
    expect(done.length).toBe(running);
  });
});
