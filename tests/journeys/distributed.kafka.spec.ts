import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startDistributed } from '@shuzheng/all-in-one';
import { services } from '@shuzheng/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { travelled } from './journey.js';
import { journeyHolds } from './journey-holds.js';

// Each service as its own process, port and database role, over a real Kafka: the same script, and the same must hold.
const folder = mkdtempSync(join(tmpdir(), 'shuzheng-distributed-'));
const there: { running?: Awaited<ReturnType<typeof startDistributed>>; world?: Awaited<ReturnType<typeof travelled>> } =
  {};
beforeAll(async () => {
  const env = { ...process.env, PORT: '0', SHUZHENG_LOG: 'error' };
  there.running = await startDistributed({ folder, say: () => {}, env });
  there.world = await travelled(there.running.url, { keys: there.running.keys, folder });
}, 240_000);
afterAll(async () => {
  await there.running?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

journeyHolds(() => {
  if (!there.world) throw new Error('the journey did not end');
  return there.world;
});

it('gives each service connections under its own role alone', async () => {
  const client = new pg.Client(there.running?.postgres.url('shuzheng'));
  await client.connect();
  const { rows } = await client.query<{ application: string; role: string }>(
    `select distinct application_name as application, usename as role from pg_stat_activity
     where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  );
  await client.end();

  expect(rows.map(({ application, role }) => `${application} as ${role}`).sort()).toEqual(
    services.map((service) => `shuzheng ${service} as ${service}`).sort(),
  );
});

it('notices that Kafka has ended by itself, and still stops in order', async () => {
  there.running?.kafka.kill();

  expect(await there.running?.ended).toBe('Kafka');
});
