import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { actingAs, nobody } from '../actor.js';
import { Seal } from '../sealing.js';
import { announce } from './event-log.js';
import { register } from './leases.js';
import { sql } from '../database.js';
import { aSite } from './testing/databases.js';
import { RosterFiled, SeatTaken } from './testing/events.js';
import { aSeat, count, someClasses, takeSeats } from './testing/seats.js';

const seal = new Seal(randomBytes(32));
let site: Awaited<ReturnType<typeof aSite>>;
beforeAll(async () => {
  site = await aSite('log', { seal });
  await register(site.db, 'somewhere');
});
afterAll(() => site.drop());

const sequences = async (classId: string) =>
  (await site.db.query('select sequence from event where aggregate = $1 order by position', [classId])).rows;
const theEvent = async (classId: string) =>
  (
    await site.db.query<{ id: string; data: string; origin: object }>(
      'select id, data::text, origin from event where aggregate = $1',
      [classId],
    )
  ).rows[0];

/** A connection adds what it counted when it is told to; all ten of them are, at the same time. */
async function deadlocks() {
  const all = Array.from({ length: 10 }, () => site.db.query('select pg_stat_force_next_flush(), pg_sleep(0.1)'));
  await Promise.all(all);
  return (await site.db.query('select deadlocks from pg_stat_database where datname = current_database()')).rows;
}

it('numbers each of 20 aggregates that 16 writers share without gap, inversion or deadlock', async () => {
  await takeSeats(site.db, someClasses(20), 3000, 16);

  const { rows } = await site.db.query(`
    select 1 from (select sequence, row_number() over (partition by aggregate order by position) as nth from event) s
    where sequence <> nth`);
  expect(rows).toEqual([]);
  expect(await deadlocks()).toEqual([{ deadlocks: '0' }]);
  expect(await count(site.db, 'unsent')).toBe(await count(site.db, 'event'));
  expect(await count(site.db, 'event')).toBeGreaterThanOrEqual(3000);
});

it('leaves nothing of a transaction that fails', async () => {
  const classId = randomUUID();

  const failed = site.db.transaction(async (tx) => {
    announce(tx, SeatTaken, aSeat(classId));
    throw new Error('no');
  });

  await expect(failed).rejects.toThrow('no');
  expect((await site.db.query('select 1 from stream where aggregate = $1', [classId])).rows).toEqual([]);
});

it('refuses an event that breaks its contract, where it is announced', async () => {
  let after = false;
  const failed = site.db.transaction(async (tx) => {
    announce(tx, SeatTaken, { ...aSeat('x'), seat: 1.5 });
    after = true;
  });

  await expect(failed).rejects.toThrow('enrollment.seat-taken.v1: classId matches, seat isInt');
  expect(after).toBe(false);
});

it('refuses an event too large to be sent', async () => {
  const failed = site.db.transaction(async (tx) => {
    announce(tx, SeatTaken, aSeat(randomUUID(), '大'.repeat(400_000)));
  });

  await expect(failed).rejects.toThrow('maxBytes');
});

it('refuses what is announced after the transaction has ended', async () => {
  const ended = await site.db.transaction(async (tx) => tx);

  expect(() => announce(ended, SeatTaken, aSeat(randomUUID()))).toThrow('after its transaction had ended');
});

it('writes once for the transactions that join, in the order things were said', async () => {
  const [a, b] = [randomUUID(), randomUUID()];

  await site.db.transaction(async (tx) => {
    announce(tx, SeatTaken, aSeat(b));
    await site.db.transaction(async (inner) => announce(inner, SeatTaken, aSeat(a)));
    announce(tx, SeatTaken, aSeat(b));
  });

  expect(await sequences(b)).toEqual([{ sequence: '1' }, { sequence: '2' }]);
  const { rows } = await site.db.query('select aggregate from event where aggregate = any($1) order by position', [
    [a, b],
  ]);
  expect(rows.map(({ aggregate }) => aggregate)).toEqual([b, a, b]);
});

it('runs the whole again after a deadlock, where the caller allows it', async () => {
  await site.db.query('create table pair (id int primary key, n int)');
  await site.db.query('insert into pair values (1, 0), (2, 0)');
  const classId = randomUUID();
  let runs = 0;
  const cross = (first: number, second: number) =>
    site.db.transaction(
      async (tx) => {
        runs++;
        announce(tx, SeatTaken, aSeat(classId));
        await sql(tx, 'update pair set n = n + 1 where id = $1', [first]);
        await new Promise((resolve) => setTimeout(resolve, 300));
        await sql(tx, 'update pair set n = n + 1 where id = $1', [second]);
      },
      { attempts: 3 },
    );

  await Promise.all([cross(1, 2), cross(2, 1)]);

  expect(runs).toBe(3);
  expect(await sequences(classId)).toEqual([{ sequence: '1' }, { sequence: '2' }]);
});

it('says who caused an event and what it belongs to', async () => {
  const [classId, accountId, organisationId] = [randomUUID(), randomUUID(), randomUUID()];
  const who = {
    ...nobody,
    reach: 'organisation',
    accountId,
    organisationId,
    correlationId: 'c1',
    traceparent: '00-1-2-01',
  };

  await actingAs({ ...who, reach: 'organisation' }, () =>
    site.db.transaction(async (tx) => announce(tx, SeatTaken, aSeat(classId))),
  );

  const origin = { actor: accountId, organisation: organisationId, correlation: 'c1', traceparent: '00-1-2-01' };
  expect((await theEvent(classId))?.origin).toEqual(origin);
});

it('seals personal text under the place it has in this very event', async () => {
  const classId = randomUUID();
  const rows = ['张三', '李四'].map((name) => ({ personId: randomUUID(), name }));

  await site.db.transaction(async (tx) => announce(tx, RosterFiled, { classId, contact: '王五', rows }));

  const { id = '', data = '' } = (await theEvent(classId)) ?? {};
  expect(data).not.toMatch(/张三|李四|王五/);
  const stored = JSON.parse(data) as RosterFiled;
  expect(seal.open(`enrollment.roster-filed.v1|contact|${id}`, stored.contact)).toBe('王五');
  expect(seal.open(`enrollment.roster-filed.v1|rows.1.name|${id}`, stored.rows[1]?.name ?? '')).toBe('李四');
  expect(() => seal.open(`enrollment.roster-filed.v1|rows.0.name|${id}`, stored.rows[1]?.name ?? '')).toThrow();
  expect(stored).not.toHaveProperty('remark');
});

it('does not let personal text leave a service that has no key', async () => {
  const keyless = await aSite('keyless');
  const rows = [{ personId: randomUUID(), name: '张三' }];

  const failed = keyless.db.transaction(async (tx) => {
    announce(tx, RosterFiled, { classId: randomUUID(), contact: '王五', rows });
  });

  await expect(failed).rejects.toThrow('no key');
  expect(await count(keyless.db, 'event')).toBe(0);
  await keyless.drop();
});
