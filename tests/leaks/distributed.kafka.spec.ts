import { afterAll, expect, it } from '@jest/globals';
import { processesOf, remove, Started, temporaryFolder } from '../process.js';
import { plantInFiles, plantInKafka, plantInPostgres, temporaryPlace } from './canary.js';
import { canary, needles } from './leaks.js';
import { exports, personalCommands } from './personal-commands.js';
import { scanBytes, scanFolder, whereOf } from './scanner.js';
import { worldOf } from './started-world.js';

const folder = temporaryFolder('leaks-kafka');
afterAll(() => remove(folder));

it('leaves no name, number or phone in tables, WAL, Kafka segments, logs, exports or temporary files of a journey in parts, which Ctrl-C ends in order', async () => {
  const TMPDIR = temporaryPlace(folder);
  const started = new Started({ folder, kafka: true, env: { SHUZHENG_LOG: 'trace', TMPDIR } });
  await started.arrived();
  const world = worldOf(folder, await started.url());
  expect(await personalCommands(world)).toEqual([422, 422]);
  const said = await exports(world);
  await plantInPostgres(folder);
  await plantInKafka(folder);
  plantInFiles(TMPDIR);
  expect(await started.stop()).toEqual({ code: 0, signal: null });
  expect(processesOf(folder)).toEqual([]);
  const wanted = [...(await needles()), canary];

  const found = scanFolder(folder, wanted);
  const elsewhere = [...said, { where: 'logs', bytes: Buffer.from(started.output) }];

  expect(found.filter(({ what }) => what !== 'canary')).toEqual([]);
  expect(elsewhere.flatMap(({ where, bytes }) => scanBytes(where, bytes, wanted))).toEqual([]);
  expect(whereOf(found)).toEqual(expect.arrayContaining(['heap', 'kafka', 'postgres.log', 'tmp', 'wal']));
}, 300_000);
