import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Bell } from './bell.js';
import { page } from '../http/listing.js';
import type { Message } from './broker.js';
import { Consumer } from './consumer.js';
import { lock } from './cursor.js';
import { outboxAge } from './outbox-age.js';
import { parkedEvents, Parking } from './parking.js';
import { NotYet, Reactions } from './reactions.js';
import { aSite, superuser } from './testing/databases.js';
import { aMessage, messages } from './testing/messages.js';
import { count, faults, someClasses, until, WhenSeatTaken } from './testing/seats.js';

let site: Awaited<ReturnType<typeof aSite>>, reaction: WhenSeatTaken, consumer: Consumer, parking: Parking;
beforeAll(async () => {
  site = await aSite('consumer');
});
afterAll(() => site.drop());
beforeEach(async () => {
  await site.db.query('truncate cursor, held, seat');
  reaction = new WhenSeatTaken(site.db);
  consumer = new Consumer(site.db, new Reactions([reaction]), 20);
  parking = new Parking(site.db);
  consumer.start();
});
afterEach(() => consumer.stop());

const apply = (events: Message[]) => consumer.apply('enrollment', events);
const failAt = (sequence: number, error: () => Error) => {
  reaction.fault = (_, message) => (message.sequence === sequence ? error() : undefined);
};
const seats = async (aggregate: string) =>
  (
    await site.db.query<{ seat: number }>('select seat from seat where class_id = $1 order by nth', [aggregate])
  ).rows.map(({ seat }) => seat);
const cursor = async (aggregate: string) =>
  (
    await site.db.query(
      'select sequence, failures, error, parked_at is not null as parked from cursor where aggregate = $1',
      [aggregate],
    )
  ).rows[0];
const parked = async (aggregate: string) => Boolean((await cursor(aggregate))?.['parked']);

it('applies what comes twice once', async () => {
  const [a, b] = [randomUUID(), randomUUID()];
  const batch = [...messages(a, 1, 2, 3), ...messages(b, 1, 2), ...messages(a, 2, 3)];

  await apply(batch);
  await apply(batch);

  expect([await seats(a), await seats(b)]).toEqual([
    [1, 2, 3],
    [1, 2],
  ]);
  expect(await count(site.db, 'held')).toBe(0);
});

it('keeps an early event until the missing one has come', async () => {
  const a = randomUUID();

  await apply(messages(a, 2, 3, 5));
  expect(await seats(a)).toEqual([]);
  await apply(messages(a, 1));
  await until(async () => (await seats(a)).length === 3);
  await apply(messages(a, 4));
  await until(async () => (await seats(a)).length === 5);

  expect(await faults(site.db)).toEqual([]);
  await until(async () => (await count(site.db, 'held')) === 0);
});

it('does not forget an event that was overtaken within one batch', async () => {
  const a = randomUUID();

  await apply(messages(a, 1, 3, 2));

  await until(async () => (await seats(a)).length === 3);
  expect(await faults(site.db)).toEqual([]);
});

it('parks only the aggregate whose event keeps failing, and goes on after a replay', async () => {
  const classes = someClasses(50);
  const bad = classes[17] ?? '';
  reaction.fault = ({ classId }, { sequence }) => (classId === bad && sequence === 2 ? new Error('no') : undefined);

  await apply(classes.flatMap((id) => messages(id, 1, 2, 3, 4)));
  await until(() => parked(bad));
  await apply(messages(bad, 5));
  await apply(messages(bad, 2));

  expect(await seats(bad)).toEqual([1]);
  expect(await cursor(bad)).toMatchObject({ sequence: '1', failures: 5, parked: true });
  expect(await count(site.db, 'seat')).toBe(49 * 4 + 1);
  expect(await outboxAge(site.db)).toMatchObject({ parked: 1, held: 4 });

  reaction.fault = () => undefined;
  expect(await parking.replay('enrollment', bad)).toBe(true);
  await until(async () => (await seats(bad)).length === 5);

  expect(await cursor(bad)).toEqual({ sequence: '5', failures: 0, error: null, parked: false });
  expect(await count(site.db, 'held')).toBe(0);
  expect(await faults(site.db)).toEqual([]);
});

it('shows an operator what is parked, and why, without quoting anybody', async () => {
  const a = randomUUID();
  const quoting = Object.assign(new Error('invalid input syntax: "张三"'), {
    code: '22P02',
    constraint: 'name_is_real',
  });
  failAt(1, () => quoting);

  const batch = messages(a, 1, 2, 3);
  await apply(batch);
  await until(() => parked(a));

  const { items } = await page(site.db, parkedEvents, {});
  const [shown] = items;
  expect(shown).toMatchObject({
    producer: 'enrollment',
    aggregate: a,
    sequence: 1,
    eventId: batch[0]?.id,
    type: 'enrollment.seat-taken.v1',
    failures: 5,
    waiting: 2,
  });
  expect(shown?.['error']).toMatch(/^Error 22P02 name_is_real at /);
  expect(JSON.stringify(shown)).not.toContain('张三');
});

it('goes on behind a discarded event', async () => {
  const a = randomUUID();
  failAt(1, () => new Error('never'));

  await apply(messages(a, 1, 2, 3));
  await until(() => parked(a));
  expect(await parking.discard('enrollment', a)).toBe(true);
  await until(async () => (await seats(a)).length === 2);

  expect(await seats(a)).toEqual([2, 3]);
  expect(await parking.discard('enrollment', a)).toBe(false);
});

it('takes an operator at his word only if his transaction commits', async () => {
  const a = randomUUID();
  failAt(1, () => new Error('never'));
  await apply(messages(a, 1));
  await until(() => parked(a));

  const failed = site.db.transaction(async () => {
    await parking.discard('enrollment', a);
    throw new Error('the audit could not be written');
  });

  await expect(failed).rejects.toThrow('audit');
  expect(await parked(a)).toBe(true);
});

it('waits for a prerequisite without counting', async () => {
  const a = randomUUID();
  let early = 12;
  reaction.fault = (_, { sequence }) =>
    sequence === 1 && early-- > 0 ? new NotYet('the class is not known') : undefined;

  await apply(messages(a, 1, 2));
  await until(() => early <= 5);
  expect(await cursor(a)).toMatchObject({ failures: 0, parked: false, error: 'the class is not known' });
  await until(async () => (await seats(a)).length === 2);

  expect(await faults(site.db)).toEqual([]);
});

it('gives up on a prerequisite after a day of waiting for it', async () => {
  const a = randomUUID();
  failAt(1, () => new NotYet('the class is not known'));

  await apply(messages(a, 1));
  await site.db.query(`update cursor set blocked_at = blocked_at - interval '25 h'`);

  await until(() => parked(a));
});

it('gives an event its own day, however long it was held behind another', async () => {
  const a = randomUUID();
  failAt(2, () => new NotYet('the class is not known'));
  await apply(messages(a, 2));
  await site.db.query(`update held set held_at = held_at - interval '25 h'`);

  await apply(messages(a, 1));
  await until(async () => (await cursor(a))?.['error'] !== null);

  expect(await cursor(a)).toMatchObject({ sequence: '1', parked: false });
});

it.each(['57P01', '53300', '55P03', '08006', '40P01', '58030', 'ECONNRESET'])(
  'leaves an outage (%s) to the transport, and counts nothing',
  async (code) => {
    const a = randomUUID();
    failAt(1, () => Object.assign(new Error('away'), { code }));

    await expect(apply(messages(a, 1))).rejects.toThrow('away');
    expect(await cursor(a)).toBeUndefined();
    reaction.fault = () => undefined;
    await apply(messages(a, 1));

    expect(await seats(a)).toEqual([1]);
  },
);

it('counts a statement that took too long', async () => {
  const a = randomUUID();
  failAt(1, () => Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }));

  await apply(messages(a, 1));

  await until(() => parked(a));
});

it('survives the loss of its connections', async () => {
  const a = randomUUID();
  const endConnections = () =>
    superuser(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${site.name}'`);

  const lost = consumer.apply('enrollment', messages(a, 1)).then(endConnections);
  await lost;
  await until(() =>
    apply(messages(a, 2)).then(
      () => true,
      () => false,
    ),
  );

  expect(await seats(a)).toEqual([1, 2]);
  expect(await cursor(a)).toMatchObject({ failures: 0 });
});

it('counts a failure once, however many replicas try held events again', async () => {
  const classes = someClasses(20);
  const others = Array.from({ length: 3 }, () => new Consumer(site.db, new Reactions([reaction]), 20));
  const tries = new Map<string, number>();
  reaction.fault = ({ classId }) => {
    tries.set(classId, (tries.get(classId) ?? 0) + 1);
    return new Error('no');
  };
  others.forEach((other) => other.start());

  await Promise.all(classes.map((id) => apply(messages(id, 1))));
  await until(async () => (await outboxAge(site.db)).parked === 20);

  expect(new Set(tries.values())).toEqual(new Set([5]));
  await Promise.all(others.map((other) => other.stop()));
});

it('applies once what two owners apply at the same moment', async () => {
  const classes = someClasses(30);
  const other = new Consumer(site.db, new Reactions([reaction]), 20);

  for (let sequence = 1; sequence <= 20; sequence++) {
    const batch = classes.flatMap((id) => messages(id, sequence));
    await Promise.all([apply(batch), other.apply('enrollment', [...batch].reverse()), apply(batch)]);
  }

  expect(await count(site.db, 'seat')).toBe(600);
  expect(await faults(site.db)).toEqual([]);
});

// The rows lie in the table in the order z, a. Who locks them as they lie has z before waiting for a,
// and may meet somebody who has a and waits for z.
it('locks cursors in one order, wherever they lie', async () => {
  await site.db.query(`insert into cursor (producer, aggregate) values ('enrollment', 'z'), ('enrollment', 'a')`);
  await site.db.query('analyze cursor');
  const isFree = async (aggregate: string) =>
    (await site.db.query('select 1 from cursor where aggregate = $1 for update skip locked', [aggregate])).rowCount ===
    1;
  const waits = async () =>
    (
      await site.db.query(
        `select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock' and query like '%from cursor%'`,
        [site.name],
      )
    ).rowCount === 1;
  // Starts outside of the transaction below, or it would join it.
  const begin = new Bell();
  const wanting = begin
    .nap(begin.now, 10_000)
    .then(() => consumer.apply('enrollment', [aMessage('z', 1), aMessage('a', 1)]));

  await site.db.transaction(async (tx) => {
    await lock(tx, 'enrollment', [aMessage('a', 1)]);
    begin.ring();
    await until(waits);
    expect(await isFree('z')).toBe(true);
  });

  await wanting;
});
