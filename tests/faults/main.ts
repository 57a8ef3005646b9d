// `npm run faults [-- --short] [name…]`: see tools/faults.mjs.
import { faultNames, runAll } from './harness/run.js';

const args = process.argv.slice(2);
const known = faultNames();
const short = args.includes('--short');
const wanted = args.filter((arg) => arg !== '--short');
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(', ')}; there are: --short, ${known.join(', ')}`);
  process.exit(2);
}
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000_000));
const say = (line: string) => console.log(line);
say(`SEED=${seed}`);
const { passed, failed, skipped } = await runAll(wanted.length > 0 ? wanted : known, {
  seed,
  say,
  short,
});
if (skipped > 0) say(`${skipped} skipped`);
say(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
