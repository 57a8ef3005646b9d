import { startPostgres } from '@shuzheng/platform/embedded';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.js';
import { median, type Scale } from './rounds.js';

const script = fileURLToPath(new URL('start-laptop.mjs', import.meta.url));
const GOALS = { first: 10, second: 4 };

interface Starts {
  readonly first: number;
  readonly second: number;
}

/** From the start of the process until it serves, without the sample journey that follows. */
export const start: Bench = {
  id: 'P13',
  what: 'first start after install, and second start; baseline: initdb and start of PostgreSQL alone. The ratio is of the limit that is used up most',
  goal: `≤ 1.00: first ≤ ${GOALS.first} s, second ≤ ${GOALS.second} s`,
  before: 'initdb 0.44 to 0.66 s, a start 0.025 s; a process of Nest listens after 0.7 s',
  async run({ rounds, size }: Scale) {
    const [baseline, product]: [Starts[], Starts[]] = [[], []];
    for (let round = 0; round < (size < 1 ? 1 : rounds); round++) {
      baseline.push(await onFolder(postgresAlone));
      product.push(await onFolder(registry));
    }
    const middle = (all: Starts[], which: keyof Starts) => median(all.map((starts) => starts[which]));
    const told = (name: string, which: keyof Starts) => {
      const [bare, whole] = [middle(baseline, which), middle(product, which)];
      const all = product.map((starts) => starts[which].toFixed(2)).join(', ');
      return `${name} start: ${whole.toFixed(2)} s (${all}); PostgreSQL alone ${bare.toFixed(2)} s; × ${(whole / bare).toFixed(1)}`;
    };
    const used = Math.max(middle(product, 'first') / GOALS.first, middle(product, 'second') / GOALS.second);
    return { ratio: used, reached: used <= 1, lines: [told('first', 'first'), told('second', 'second')] };
  },
};

/** Twice on one new folder. */
async function onFolder(started: (folder: string) => Promise<number>): Promise<Starts> {
  const folder = mkdtempSync(join(tmpdir(), 'shuzheng-bench-start-'));
  chmodSync(folder, 0o711);
  try {
    return { first: await started(folder), second: await started(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function postgresAlone(folder: string) {
  const since = performance.now();
  const postgres = await startPostgres({ folder, log: () => {} });
  const seconds = (performance.now() - since) / 1000;
  await postgres.stop();
  return seconds;
}

/** The built programs in a process of their own, as `npm start` runs them. */
function registry(folder: string): Promise<number> {
  const since = performance.now();
  const child = spawn(process.execPath, [script, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SHUZHENG_LOG: 'warn' },
  });
  let seconds = NaN;
  child.stdout.on('data', (text) => {
    if (!String(text).includes('serving')) return;
    seconds = (performance.now() - since) / 1000;
    child.stdin.end();
  });
  return new Promise((resolve, reject) =>
    child.on('exit', (code) => (code === 0 ? resolve(seconds) : reject(new Error(`it ended with ${code}`)))),
  );
}
