import { afterAll, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { travelled } from '../journeys/journey.js';
import { remove, Started, temporaryFolder } from '../process.js';
import { Registry } from '../registry.js';
import { CANARY, needles } from './leaks.js';
import { formsOf, scanBytes, scanFolder } from './scanner.js';

const folder = temporaryFolder('leaks');
afterAll(() => remove(folder));

it('finds a value in every form it could take, wherever it begins', () => {
  for (const padding of ['', 'x', 'xy']) {
    const inside = Buffer.from(`${padding}${CANARY} tail`);
    for (const bytes of [inside, Buffer.from(inside.toString('base64')), Buffer.from(inside.toString('hex'))]) {
      expect(scanBytes('a file', bytes, [{ what: 'canary', text: CANARY }])).not.toEqual([]);
    }
  }
  expect(formsOf('阿依努尔·买买提').map(([form]) => form)).toContain('json-ascii');
});

it('answers nothing that names a person, shows a number or a phone, in a whole journey', async () => {
  const registry = new Registry();
  await registry.start();
  const answers: string[] = [];
  const ask = globalThis.fetch;
  globalThis.fetch = async (...question) => {
    const answer = await ask(...question);
    if (answer.headers.get('content-type')?.includes('json'))
      answers.push(`${answer.url} ${await answer.clone().text()}`);
    return answer;
  };
  try {
    await travelled(registry.url, registry);
  } finally {
    globalThis.fetch = ask;
    await registry.stop();
  }

  expect(answers.length).toBeGreaterThan(200);
  expect(scanBytes('answers', Buffer.from(answers.join('\n')), await needles())).toEqual([]);
}, 180_000);

it('leaves no name, number or phone in tables, WAL, files or logs of a whole journey, and the scanner finds its canary', async () => {
  const started = new Started({ folder, env: { SHUZHENG_LOG: 'trace' } });
  await started.arrived();
  await started.stop();
  const wanted = await needles();

  expect(scanFolder(folder, wanted)).toEqual([]);
  expect(scanBytes('logs', Buffer.from(started.output), wanted)).toEqual([]);

  writeFileSync(join(folder, 'planted'), Buffer.from(`…${CANARY}…`).toString('base64'));
  expect(scanFolder(folder, [{ what: 'canary', text: CANARY }])).toMatchObject([{ what: 'canary', where: 'planted' }]);
}, 240_000);
