import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startDistributed } from '@shuzheng/all-in-one';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scenariosHold } from './scenarios-hold.js';
import { Scene } from './scene.js';

// Each service as its own process over a real Kafka: the same scenarios, and the same must hold.
const folder = mkdtempSync(join(tmpdir(), 'shuzheng-scenarios-'));
const there: { running?: Awaited<ReturnType<typeof startDistributed>>; scene?: Scene } = {};
beforeAll(async () => {
  const env = { ...process.env, PORT: '0', SHUZHENG_LOG: 'error' };
  there.running = await startDistributed({ folder, say: () => {}, env });
  there.scene = new Scene(there.running.url, { keys: there.running.keys, folder });
  await there.scene.open();
}, 240_000);
afterAll(async () => {
  await there.running?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

scenariosHold('over Kafka', () => there.scene);

it('notices that PostgreSQL has ended by itself, and still stops in order', async () => {
  process.kill(there.running?.postgres.pid ?? NaN, 'SIGKILL');

  expect(await there.running?.ended).toBe('PostgreSQL');
});
