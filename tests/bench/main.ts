import { writeSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Bench } from './bench.js';
import { benches } from './benches.js';
import { full, tiny } from './rounds.js';

/** One bench in a process of its own: its figures, and its verdict as the last line. */
// The program's own output is its log, which is written as in production and read by nobody.
const say = (line: string) => writeSync(3, `${line}\n`);
const bench = benches.find(({ id }) => id === process.argv[2]);
if (!bench) throw new Error(`there is no bench ${process.argv[2]}`);
await measure(bench);

async function measure(bench: Bench) {
  const { id, what, goal, before } = bench;
  say(`${id}: ${what}`);
  say(`${cpus().length} cores, Node ${process.versions.node}`);
  const { ratio, reached, lines } = await bench.run(process.argv.includes('--tiny') ? tiny : full);
  for (const line of lines) say(`  ${line}`);
  if (before) say(`  before    ${before}`);
  say(`${id} ${ratio.toFixed(2)} (goal ${goal})`);
  process.exit(reached ? 0 : 1);
}
