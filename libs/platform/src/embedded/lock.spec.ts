import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from './lock.js';

const dist = new URL('../../dist/embedded/index.js', import.meta.url).href;

describe('The lock of a folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps a second start off, and lets it in afterwards', () => {
    const unlock = lockFolder(folder);

    expect(() => lockFolder(folder)).toThrow(
      /^数证已在运行（.*）。Already running as process \d+ on .*: stop it first\.$/,
    );
    unlock();
    expect(existsSync(join(folder, 'start.lock'))).toBe(false);
    lockFolder(folder)();
  });

  it('is taken over from a process that has ended without giving it back', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', holding(folder)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(() => lockFolder(folder)).toThrow(`Already running as process ${child.pid}`);

    child.kill('SIGKILL');
    await once(child, 'exit');

    lockFolder(folder)();
  });

  it('is taken over when another process has the number of its holder by now', () => {
    writeFileSync(join(folder, 'start.lock'), `${process.pid} 1\n`);

    lockFolder(folder)();
  });

  it('goes to one only, when several find the lock of a dead process at once', async () => {
    writeFileSync(join(folder, 'start.lock'), '999999999 1\n');

    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', holding(folder)], { stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    const answers = await Promise.all(
      children.map(async ({ stdout }) => (await stdout.toArray()).join('')).map(within(3_000)),
    );
    children.forEach((child) => child.kill('SIGKILL'));

    expect(answers.filter((answer) => answer !== '')).toEqual(['still waiting']);
  });
});

/** A program that takes the lock and keeps it. */
function holding(folder: string): string {
  return `import { lockFolder } from '${dist}'; lockFolder(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000);`;
}

function within(milliseconds: number): (answer: Promise<string>) => Promise<string> {
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('still waiting'), milliseconds));
  return (answer) => Promise.race([answer, late]);
}
