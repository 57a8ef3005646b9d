import { until } from '@shuzheng/all-in-one';
import { setTimeout as pause } from 'node:timers/promises';
import { Drill } from './harness/drill.js';
import { expectAtLeast, type Fault, type FaultContext } from './harness/fault.js';
import { topics } from './harness/invariants.js';
import { recovered, spread } from './harness/recovery.js';
import type { Registry } from './harness/registry.js';

/** Where it dies, who, and the how manieth time it gets there. */
const points = [
  { point: 'before-commit', service: 'enrollment', least: 5 },
  { point: 'after-commit', service: 'institutions', least: 2 },
  { point: 'publish-before-mark', service: 'enrollment', least: 2 },
  { point: 'effect-before-offset', service: 'oversight', least: 2 },
  { point: 'after-commit', service: 'enrollment', least: 5 },
  { point: 'before-commit', service: 'oversight', least: 2 },
  { point: 'publish-before-mark', service: 'institutions', least: 2 },
  { point: 'effect-before-offset', service: 'assessment', least: 2 },
] as const;

export const fault: Fault = {
  name: 'crash-points',
  title:
    'a death before and after the commit, between publish and mark, between effect and offset; a relay that sleeps',
  async run(context) {
    const { random, say, amount } = context;
    const registry = await context.registry();
    const drill = new Drill(context, registry);
    await drill.load.progress(20);
    const times: number[] = [];

    const rounds = amount('crashes', 80, 2);
    const order = random.shuffled(points);
    for (let n = 0; n < rounds; n++) {
      const { point, service, least } = order[n % order.length] ?? points[0];
      times.push(await die(registry, drill, service, `${point}:${random.int(least, least + 5)}`));
    }
    await sleeper(context, registry, drill);

    await drill.conclude({ acked: 100, faults: rounds });
    const repeats = await topics(registry);
    say(`  ${rounds} deaths at their points; recovery ${spread(times)}`);
    say(`  ${repeats} events were sent more than once, and applied once`);
    if (!context.short) expectAtLeast('events that were sent again', 1, repeats);
  },
};

/** It lives one life in which it dies at that point by itself, and then another in which it does not. */
async function die(registry: Registry, drill: Drill, service: string, at: string): Promise<number> {
  const { supervisor } = registry;
  await supervisor.restartWith(service, { SHUZHENG_CRASH_AT: at });
  const armed = supervisor.pid(service);
  await supervisor.ended(service);
  drill.inFlight.push(drill.load.inFlight);
  const back = await supervisor.back(service);
  if (supervisor.pid(service) === armed) throw new Error(`${service} did not die at ${at}`);
  return recovered(registry, back);
}

/** Two processes share the shards; each in turn sleeps past its leases, and wakes when the other has them. */
async function sleeper(context: FaultContext, registry: Registry, drill: Drill) {
  const second = registry.replica('enrollment');
  await second.start();
  const owners = async () =>
    (
      await registry.query<{ n: number }>(
        'select count(distinct owner)::int as n from enrollment.lease where until > now()',
      )
    )[0]?.n;
  const owned = (n: number) => until(owners, (found) => found === n, `the shards have ${n} owners`);
  const naps = context.amount('naps', 20, 1);
  for (let nth = 0; nth < naps; nth++) {
    await owned(2);
    await drill.strike();
    second.child.kill('SIGSTOP');
    await owned(1);
    await pause(context.random.int(0, 300));
    second.child.kill('SIGCONT');
  }
  await owned(2);
  const refused = registry.said().split('"lease-lost"').length - 1;
  context.say(`  ${naps} naps past the lease; ${refused} marks of sleepers were refused`);
  await second.end();
}
