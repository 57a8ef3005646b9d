import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Database } from './database.js';
import { ServiceUnderTest } from './testing/index.js';
import { sample } from './testing/sample-service.js';
import { startUpkeep, upkeep } from './upkeep.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());

const keysOfAge = (ages: Record<string, string>) =>
  service.behind(async (client) => {
    await client.query('truncate idempotency');
    for (const [key, age] of Object.entries(ages))
      await client.query(
        `insert into idempotency (scope, key, fingerprint, at) values ('s', $1, 'f', clock_timestamp() - $2::interval)`,
        [key, age],
      );
  });
const left = async () =>
  (await service.query<{ key: string }>('select key from idempotency order by key')).map(({ key }) => key);

it('forgets the keys of requests after seven days, and not before', async () => {
  await keysOfAge({ new: '0', old: '6 days 23 hours 59 minutes', older: '7 days 1 second', oldest: '1 year' });

  await upkeep(service.get(Database));

  expect(await left()).toEqual(['new', 'old']);
});

it('does so by real time, wherever the business clock stands', async () => {
  await keysOfAge({ new: '1 day' });
  service.clock.set('2031-01-01T09:00:00+08:00');

  await upkeep(service.get(Database));

  expect(await left()).toEqual(['new']);
});

it('looks when the service starts and again every day, whatever went wrong the day before', async () => {
  await keysOfAge({ old: '8 days' });
  await service.behind((client) => client.query('alter table idempotency rename to idempotency_away'));
  const stop = startUpkeep([service.get(Database)], 30);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await service.behind((client) => client.query('alter table idempotency_away rename to idempotency'));

  for (let tries = 0; tries < 100 && (await left()).length > 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await stop();

  expect(await left()).toEqual([]);
});

it('makes the months that the log will need', async () => {
  const months = () =>
    service.query(`select 1 from pg_inherits where inhparent = 'event'::regclass`).then(({ length }) => length);
  const before = await months();
  await service.behind((client) => client.query(`select partitions((current_date + interval '4 months')::date, 0)`));

  await upkeep(service.get(Database));

  expect(await months()).toBe(before + 1);
});
