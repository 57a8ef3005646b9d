import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../process.js';

const kafkaSuite = 'libs/platform/src/embedded/kafka.kafka.spec.ts';

/** `npm test` on one suite that needs nothing and one that needs Kafka, which there is not. */
async function testRun(env: Record<string, string>) {
  const { NODE_OPTIONS: _, JEST_WORKER_ID: __, SHUZHENG_REQUIRE_KAFKA: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, ['tools/test.mjs', 'libs/regulation/src/days.spec.ts', kafkaSuite], {
    cwd: root,
    env: { ...inherited, SHUZHENG_NO_KAFKA: '1', ...env },
  });
  const said = { out: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.errors += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, lastLine: said.out.trim().split('\n').at(-1), ...said };
}

it.each([
  ['skipped', {}, 0, / passed, 0 failed, 1 skipped$/],
  ['failed, where it is required', { SHUZHENG_REQUIRE_KAFKA: '1' }, 1, / passed, 1 failed, 0 skipped$/],
])('counts a suite without its server as %s, and names it with the reason', async (_, env, code, lastLine) => {
  const done = await testRun(env);

  expect({ code: done.code, lastLine: done.lastLine }).toEqual({ code, lastLine: expect.stringMatching(lastLine) });
  expect(done.lastLine).toMatch(/^[1-9]\d* passed/);
  expect(done.errors).toContain(`Not run, because Kafka cannot be used here (SHUZHENG_NO_KAFKA=1):\n  ${kafkaSuite}\n`);
});
