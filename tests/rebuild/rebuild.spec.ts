import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '@shuzheng/all-in-one';
import { emptyProjections, producersOf, projectionsOf, resend } from '@shuzheng/platform';
import pg from 'pg';
import { contentOf } from '../content.js';
import { travelled } from '../journeys/journey.js';
import { Registry } from '../registry.js';

const registry = new Registry();
let client: pg.Client;
beforeAll(async () => {
  await registry.start();
  await travelled(registry.url, registry);
  client = new pg.Client(registry.adminUrl);
  await client.connect();
}, 180_000);
afterAll(async () => {
  await client.end();
  await registry.stop();
});

const content = () =>
  contentOf(
    async (text, values = []) => (await client.query(text, [...values])).rows,
    registry.running.map(({ service }) => service.name),
    registry.keys,
  );

/** Nothing is left to send or to apply. */
const quiet = () =>
  until(
    async () => {
      const counts = await Promise.all(
        registry.running.map(
          async ({ db }) =>
            (await db.query<{ n: number }>('select (select count(*) from unsent) + (select count(*) from held) as n'))
              .rows[0]?.n,
        ),
      );
      return counts.reduce<number>((sum, n) => sum + Number(n), 0);
    },
    (left) => left === 0,
    'everything is delivered',
  );

async function resendAll() {
  for (const { service, reactions } of registry.running) {
    for (const producer of producersOf(reactions)) {
      const from = registry.running.find((one) => one.service.name === producer);
      if (from) await resend(from.db, `${producer} for ${service.name}`);
    }
  }
}

/** The projections in which there is something. */
async function left() {
  const tables = registry.running.flatMap(({ service }) =>
    projectionsOf(service).map((table) => `${service.name}.${table}`),
  );
  const counts = tables.map((table) => `select '${table}' as name where exists (select from ${table})`);
  return (await client.query(counts.join(' union all '))).rows;
}

it('changes nothing when the whole log is sent again to consumers that have applied it', async () => {
  await quiet();
  const before = await content();

  await resendAll();
  await quiet();

  expect(await content()).toEqual(before);
}, 120_000);

it('rebuilds every projection from the log with equal content, and leaves alone what the services own', async () => {
  await quiet();
  const before = await content();

  for (const { db, service, reactions } of registry.running) await emptyProjections(db, service, reactions);
  // What was left would be taken for rebuilt.
  expect(await left()).toEqual([]);
  await resendAll();
  await quiet();

  expect(await content()).toEqual(before);
  expect(Object.keys(before).filter((table) => table.startsWith('verification.certificate (23)'))).toHaveLength(1);
}, 120_000);
