import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '@shuzheng/all-in-one';
import { emptyProjections, Personal, producersOf, resend } from '@shuzheng/platform';
import { createHash } from 'node:crypto';
import pg from 'pg';
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

// What carries events and work is no content: it grows by being used.
const machinery = [
  'event',
  'stream',
  'unsent',
  'lease',
  'relay',
  'cursor',
  'held',
  'unreadable',
  'audit',
  'audit_chain',
  'timer',
  'idempotency',
  'migration',
  'demo_clock',
];

/** The content of every table, with what is sealed opened: nonces differ each time a text is sealed. */
async function content(): Promise<Record<string, string>> {
  const tables = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any($1) and c.relname <> all($2) order by 1, 2`,
    [registry.running.map(({ service }) => service.name), machinery],
  );
  const digests: Record<string, string> = {};
  for (const { schema, name } of tables.rows) {
    const { rows } = await client.query<Record<string, unknown>>(`select * from ${schema}.${name}`);
    const lines = rows.map((row) => JSON.stringify(opened(schema, name, row))).sort();
    digests[`${schema}.${name} (${rows.length})`] = createHash('sha256').update(lines.join('\n')).digest('hex');
  }
  return digests;
}

function opened(schema: string, table: string, row: Record<string, unknown>) {
  const personal = new Personal(schema, ['seal'], { keys: registry.keys, profile: 'demo' });
  const id = String(row['id'] ?? row['person_id'] ?? row['enrolment_id']);
  return Object.fromEntries(
    // When something was heard is no content either: the second time is later.
    Object.entries({ ...row, heard_at: null }).map(([column, value]) =>
      column.endsWith('_sealed') && table.startsWith('known_')
        ? [column, personal.open(table, column, id, String(value))]
        : [column, value],
    ),
  );
}

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
  await resendAll();
  await quiet();

  expect(await content()).toEqual(before);
  expect(Object.keys(before).filter((table) => table.startsWith('verification.certificate (23)'))).toHaveLength(1);
}, 120_000);
