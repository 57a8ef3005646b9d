import { afterAll, beforeAll, it } from '@jest/globals';
import { faultOf, Run } from './harness/run.js';

// What `npm run faults` does for minutes, here for seconds, all on one registry in parts. Repeats and
// rebalances are left out: tests/messaging and tests/rebuild have them in seconds.
const seed = Number(process.env['SEED'] ?? 20_260_301);
const said: string[] = [`SEED=${seed}`];
const run = new Run({ seed, short: true, say: (line) => said.push(line) });
beforeAll(() => run.registry, 180_000);
afterAll(() => run.end(), 60_000);

it.each(['kills', 'crash-points', 'kafka-away', 'database', 'poison'])(
  'loses nothing, doubles nothing and leaves nothing half done: %s',
  async (name) => {
    await run.take(await faultOf(name)).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}\n${said.join('\n')}`, { cause: error });
    });
  },
  180_000,
);
