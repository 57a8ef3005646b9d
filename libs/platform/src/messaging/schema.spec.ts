import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { announce } from './event-log.js';
import { Leases, register } from './leases.js';
import { ensurePartitions } from './partitions.js';
import { aSite, superuser, urlOf } from './testing/databases.js';
import { SeatTaken } from './testing/events.js';
import { aSeat, count } from './testing/seats.js';
import { UnsentEvents } from './unsent.js';
import pg from 'pg';

let site: Awaited<ReturnType<typeof aSite>>;
beforeAll(async () => {
  site = await aSite('schema');
});
afterAll(() => site.drop());

const monthOf = (date: Date) => `event_${date.toISOString().slice(0, 7).replace('-', '_')}`;
const partitions = async () =>
  (
    await site.db.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'event'::regclass order by 1`,
    )
  ).rows.map(({ name }) => name);

it('has prepared this month and the next three', async () => {
  const made = await partitions();

  expect(made).toHaveLength(5);
  expect(made).toContain(monthOf(new Date()));
});

it('prepares further months, and does nothing where they are there', async () => {
  await ensurePartitions(site.db, 6);
  await ensurePartitions(site.db, 6);

  expect(await partitions()).toHaveLength(8);
});

it('keeps an event whose month nobody has prepared, and moves it when the month is made', async () => {
  const classId = randomUUID();
  await site.db.query(
    `insert into event (id, shard, aggregate, sequence, type, time, data, origin)
     values ($1, 0, $2, 1, 'x', '2031-02-28T23:59:59.999999Z', '{}', '{}')`,
    [randomUUID(), classId],
  );
  expect(await count(site.db, 'event_rest')).toBe(1);

  await site.db.query(`select partitions('2031-01-15', 2)`);

  expect(await count(site.db, 'event_rest')).toBe(0);
  expect(await count(site.db, 'event_2031_02')).toBe(1);
  expect((await site.db.query('select sequence from event where aggregate = $1', [classId])).rowCount).toBe(1);
});

it('makes one set of partitions, however many replicas prepare them at once', async () => {
  await Promise.all(Array.from({ length: 6 }, () => ensurePartitions(site.db, 9)));

  expect(await partitions()).toEqual([...new Set(await partitions())]);
});

it('lets the role that runs the service prepare months and tidy up, but change no event', async () => {
  const role = `runtime_${process.pid}_${Date.now()}`;
  await superuser(
    `create role ${role} login password 'only-for-tests';
     grant select, insert, update, delete on all tables in schema public to ${role};
     revoke all on event from ${role}; grant select, insert on event to ${role};
     grant maintain on unsent to ${role}`,
    site.name,
  );
  await register(site.db, 'there');
  await site.db.transaction(async (tx) => announce(tx, SeatTaken, aSeat(randomUUID())));
  const url = new URL(urlOf(site.name));
  url.username = role;
  url.password = 'only-for-tests';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();

  await client.query(`select partitions('2032-01-01', 0)`);
  await client.query('vacuum unsent');
  await expect(client.query(`update event set data = '{}'`)).rejects.toThrow('permission denied');
  await expect(client.query('delete from event')).rejects.toThrow('permission denied');

  expect(await partitions()).toContain('event_2032_01');
  await client.end();
  await superuser(`drop owned by ${role}; drop role ${role}`, site.name);
});

it('finds an event again by the very microsecond it was written', async () => {
  const { kept } = await new Leases(site.db, 'there', 'a', 1000).renew();

  const batch = await new UnsentEvents(site.db, 'there', 10).read(kept, []);

  expect(batch).toHaveLength(1);
  expect(JSON.parse(batch[0]?.envelope ?? '')).toMatchObject({
    sequence: 1,
    type: SeatTaken.type,
    origin: { actor: 'none' },
  });
});
