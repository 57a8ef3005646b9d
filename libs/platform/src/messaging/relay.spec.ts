import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from '../database.js';
import type { Parcel } from './broker.js';
import { shardOf } from './broker.js';
import { announce } from './event-log.js';
import { Leases, register } from './leases.js';
import { outboxAge } from './outbox-age.js';
import { Relay, type RelayOptions } from './relay.js';
import { resend } from './rewind.js';
import { aSite, openSite } from './testing/databases.js';
import { SeatTaken } from './testing/events.js';
import { aSeat, count, someClasses, takeSeats, until } from './testing/seats.js';
import { UnsentEvents } from './unsent.js';

const quick = { leaseMs: 600, idleMs: 50, lanes: 2 };
let site: Awaited<ReturnType<typeof aSite>>;
let relays: Relay[];
let sent: Parcel[];
let published: readonly Parcel[][];
beforeEach(async () => {
  site = await aSite('relay');
  [relays, sent, published] = [[], [], []];
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await site.drop();
});

const collect = async (_: string, parcels: readonly Parcel[]) => {
  published = [...published, [...parcels]];
  sent.push(...parcels);
};

async function aRelay(owner: string, options: Partial<RelayOptions> = {}, publish = collect) {
  const relay = new Relay(site.db, 'there', { publish }, { ...quick, owner, ...options });
  relays.push(relay);
  await relay.start();
  return relay;
}

const allSent = () => until(async () => (await count(site.db, 'unsent')) === 0);
const fences = async () =>
  (await site.db.query<{ fence: string }>('select fence from lease order by shard')).rows.map(({ fence }) =>
    Number(fence),
  );
const shares = () => relays.map(({ shards }) => shards.length).sort((a, b) => a - b);

/** Each aggregate's sequences in the order they were sent. */
function sequences() {
  const seen = new Map<string, number[]>();
  for (const { envelope } of sent) {
    const { aggregate, sequence } = JSON.parse(envelope) as { aggregate: string; sequence: number };
    seen.set(aggregate, [...(seen.get(aggregate) ?? []), sequence]);
  }
  return [...seen.values()];
}
const inOrder = (list: number[]) => list.every((sequence, i) => sequence === i + 1);

it('sends each event once and each aggregate in order, while others are being written', async () => {
  await register(site.db, 'there');
  await aRelay('a', { size: 50, wake: site.wake.subscribe });

  await takeSeats(site.db, someClasses(40), 1500);
  await allSent();

  expect(sent.length).toBe(await count(site.db, 'event'));
  expect(sequences().every(inOrder)).toBe(true);
});

it('sends what was committed late, although later positions have been sent', async () => {
  await register(site.db, 'there');
  await aRelay('a', { wake: site.wake.subscribe });
  const [slow = '', quickOne = ''] = someClasses(2);
  let commit = () => {};
  const held = new Promise<void>((resolve) => (commit = resolve));
  const late = await openSite(site.name);
  late.db.closeWith({ written: () => held });

  const waiting = late.db.transaction(async (tx) => announce(tx, SeatTaken, aSeat(slow)));
  await until(
    async () =>
      (
        await site.db.query(
          `select 1 from pg_stat_activity where query like '%with counted%' and state = 'idle in transaction' and datname = $1`,
          [site.name],
        )
      ).rowCount === 1,
  );
  await site.db.transaction(async (tx) => announce(tx, SeatTaken, aSeat(quickOne)));
  await until(() => sent.length === 1);
  commit();
  await waiting;
  await until(() => sent.length === 2);

  expect(sent.map(({ aggregate }) => aggregate)).toEqual([quickOne, slow]);
  await late.close();
});

it('reads ahead without taking what is on its way', async () => {
  await register(site.db, 'there');
  await takeSeats(site.db, someClasses(30), 200);

  await aRelay('a', { size: 20 }, async (destination, parcels) => {
    await pause(5);
    await collect(destination, parcels);
  });
  await allSent();

  expect(sent.length).toBe(await count(site.db, 'event'));
  expect(new Set(sent.map(({ envelope }) => envelope)).size).toBe(sent.length);
});

it('puts few large events into a batch, and one alone if it must', async () => {
  await register(site.db, 'there');
  const [classId = ''] = someClasses(1);
  const notes = [300_000, 300_000, 300_000, 900_000, 10].map((length) => 'x'.repeat(length));
  await site.db.transaction(async (tx) => notes.forEach((note) => announce(tx, SeatTaken, aSeat(classId, note))));

  await aRelay('a');
  await allSent();

  expect(published.map((batch) => batch.length)).toEqual([2, 2, 1]);
  expect(sequences()).toEqual([[1, 2, 3, 4, 5]]);
});

it('keeps what could not be published, and sends it when it can', async () => {
  await register(site.db, 'there');
  let away = true;
  await aRelay('a', {}, async (destination, parcels) => {
    if (away) throw new Error('away');
    await collect(destination, parcels);
  });
  await takeSeats(site.db, someClasses(5), 20);

  await pause(300);
  expect((await outboxAge(site.db)).unsent).toBe(await count(site.db, 'event'));
  expect((await outboxAge(site.db)).oldestUnsentSeconds).toBeGreaterThan(0.2);
  away = false;
  await allSent();

  expect(sequences().every(inOrder)).toBe(true);
});

it('shares the shards evenly with every relay that is alive', async () => {
  await aRelay('a');
  expect(shares()).toEqual([12]);

  await aRelay('b');
  await until(() => String(shares()) === '6,6');
  await Promise.all(['c', 'd', 'e'].map((owner) => aRelay(owner)));
  await until(() => String(shares()) === '2,2,2,3,3');

  expect(relays.flatMap(({ shards }) => shards).sort((x, y) => x - y)).toEqual(Array.from({ length: 12 }, (_, i) => i));
});

it('gives its shards back at once when it stops', async () => {
  const leaving = await aRelay('a', { leaseMs: 60_000 });
  await leaving.stop();

  await aRelay('b');

  expect(relays[1]?.shards.length).toBe(12);
});

it('takes over from one that died, with higher fences', async () => {
  const died = new Leases(site.db, 'there', 'dead', 400);
  await register(site.db, 'there');
  await died.renew();
  const before = await fences();

  const heir = await aRelay('heir');
  expect(heir.shards.length).toBe(0);
  await until(() => heir.shards.length === 12);

  expect((await fences()).every((fence, shard) => fence > (before[shard] ?? 0))).toBe(true);
});

it('sends nothing twice when newcomers take over shards in the middle of the work', async () => {
  await register(site.db, 'there');
  await takeSeats(site.db, someClasses(50), 900);
  const slowly = async (destination: string, parcels: readonly Parcel[]) => {
    await pause(25);
    await collect(destination, parcels);
  };

  for (const owner of ['a', 'b', 'c']) {
    await aRelay(owner, { size: 10 }, slowly);
    await pause(300);
  }
  expect(await count(site.db, 'unsent')).toBeGreaterThan(100);
  await allSent();

  expect(shares()).toEqual([4, 4, 4]);
  expect(sent.length).toBe(await count(site.db, 'event'));
  expect(sequences().every(inOrder)).toBe(true);
});

it('cannot strike off what it sent after it had lost the lease', async () => {
  await register(site.db, 'there');
  const [classId = ''] = someClasses(1);
  await site.db.transaction(async (tx) => announce(tx, SeatTaken, aSeat(classId)));
  let first = true;

  await aRelay('a', { leaseMs: 60_000 }, async (destination, parcels) => {
    await collect(destination, parcels);
    if (first)
      await site.db.query(`update lease set owner = 'b', fence = fence + 1 where shard = $1`, [shardOf(classId)]);
    first = false;
  });
  await until(() => sent.length > 0);
  await pause(200);

  expect(await count(site.db, 'unsent')).toBe(1);
});

it.each<[string, (leases: Leases, strike: () => Promise<void>) => Promise<unknown>]>([
  ['renewal', (leases) => leases.renew()],
  ['strike', (_, strike) => strike()],
  ['release', (leases) => leases.release()],
])('a %s locks leases in the order of their shards, so no two of them wait for each other', async (_, work) => {
  await register(site.db, 'there');
  await takeSeats(site.db, someClasses(1), 1);
  const leases = new Leases(site.db, 'there', 'a', 60_000);
  const { kept } = await leases.renew();
  const unsent = new UnsentEvents(site.db, 'there', 10);
  const batch = await unsent.read(kept, []);
  // They lie the other way round now, and so PostgreSQL comes upon them.
  await site.db.query(
    'with gone as (delete from lease returning *) insert into lease select * from gone order by shard desc',
  );

  let waiting: Promise<unknown> = Promise.resolve();
  await site.db.transaction(async (tx) => {
    await sql(tx, 'select from lease where shard = 5 for update');
    waiting = work(leases, () => unsent.strike(kept, batch));
    await until(async () => (await count(site.db, waits)) > 0);
    const { rows } = await site.db.query<{ shard: number }>('select shard from lease for update skip locked');
    expect(rows.map(({ shard }) => shard).sort((x, y) => x - y)).toEqual([6, 7, 8, 9, 10, 11]);
  });
  await waiting;
});

/** Who waits for a lock in this database. */
const waits = `(select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`;

it('takes its own earlier leases anew after a crash, without waiting for their end', async () => {
  await register(site.db, 'there');
  const before = new Leases(site.db, 'there', 'all-in-one', 60_000);
  await before.renew();
  const old = await fences();

  const relay = await aRelay('all-in-one', { leaseMs: 60_000 });

  expect(relay.shards.length).toBe(12);
  expect((await fences()).every((fence, shard) => fence > (old[shard] ?? 0))).toBe(true);
});

it('is woken by a commit in another process of the service', async () => {
  const elsewhere = await openSite(site.name);
  await aRelay('a', { idleMs: 60_000, wake: site.wake.subscribe });
  await pause(100);

  await takeSeats(elsewhere.db, someClasses(1), 1);
  await until(() => sent.length > 0);

  await elsewhere.close();
});

it('sends the whole log again to a destination that asks for it', async () => {
  await aRelay('a');
  await takeSeats(site.db, someClasses(10), 100);
  await allSent();
  const once = sent.length;

  await resend(site.db, 'there');
  await allSent();

  expect(sent.length).toBe(2 * once);
});
