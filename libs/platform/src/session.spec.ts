import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { rows, sql, together } from './database.js';
import { ServiceUnderTest } from './testing/index.js';
import { sample } from './testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());

const keep = `insert into timer (kind, key, run_at) values ('session', $1, now())`;
const kept = `select key from timer where kind = 'session' order by key`;
const keys = async () => (await service.query<{ key: string }>(kept)).map(({ key }) => key);

it('runs what is asked in one turn in its order, each on what the one before has left', async () => {
  const found = await service.db.transaction(async (tx) => {
    await sql(tx, keep, ['a']);
    const [, seen] = await together([sql(tx, keep, ['b']), rows<{ key: string }>(tx, kept), sql(tx, keep, ['c'])]);
    return seen;
  });

  expect(found).toEqual([{ key: 'a' }, { key: 'b' }]);
  expect(await keys()).toEqual(['a', 'b', 'c']);
});

it('tells the first failure to all that were asked with it, and keeps nothing of the transaction', async () => {
  const told: unknown[] = [];
  const broken = service.db.transaction(async (tx) => {
    await sql(tx, keep, ['d']);
    const asked = [sql(tx, keep, ['e']), sql(tx, 'select 1 / $1::int', [0]), sql(tx, keep, ['f'])];
    for (const one of await Promise.allSettled(asked)) told.push(one.status === 'rejected' && one.reason);
    await together(asked);
  });

  await expect(broken).rejects.toMatchObject({ code: '22012' });
  expect(told).toEqual([1, 2, 3].map(() => expect.objectContaining({ code: '22012' })));
  expect(await keys()).toEqual(['a', 'b', 'c']);
});

it('sends what nobody waited for before the commit', async () => {
  await service.db.transaction(async (tx) => {
    await sql(tx, keep, ['g']);
    void sql(tx, keep, ['h']);
    await Promise.resolve();
  });

  expect(await keys()).toEqual(['a', 'b', 'c', 'g', 'h']);
});
