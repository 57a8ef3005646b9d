import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../../process.js';
import type { Fault } from '../harness/fault.js';

/** A fault whose short form is in `npm test`: the same proofs, on a PostgreSQL of their own, many more times. */
export const longForm = (
  name: string,
  title: string,
  suites: readonly string[],
  settings: (amount: (long: number, brief: number) => number) => Record<string, string>,
): Fault => ({
  name,
  title,
  async run({ amount, say }) {
    const env = settings((long, brief) => amount(name, long, brief));
    say(`  ${suites.join(' ')} with ${JSON.stringify(env)}`);
    const child = spawn(process.execPath, ['tools/test.mjs', '--runInBand', '--testTimeout=600000', ...suites], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${name} did not hold`);
  },
});
