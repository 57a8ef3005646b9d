import { afterAll, expect, it } from '@jest/globals';
import { remove, Started, temporaryFolder } from '../process.js';
import { needles } from './leaks.js';
import { scanBytes, scanFolder } from './scanner.js';

const folder = temporaryFolder('leaks-kafka');
afterAll(() => remove(folder));

it('leaves no name, number or phone in tables, WAL, Kafka segments or logs of a journey in parts', async () => {
  const started = new Started({ folder, kafka: true, env: { SHUZHENG_LOG: 'trace' } });
  await started.arrived();
  await started.stop();
  const wanted = await needles();

  expect(scanFolder(folder, wanted)).toEqual([]);
  expect(scanBytes('logs', Buffer.from(started.output), wanted)).toEqual([]);
}, 300_000);
