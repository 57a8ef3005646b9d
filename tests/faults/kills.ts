import { services } from '@shuzheng/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { Drill } from './harness/drill.js';
import { expectEqual, expectNone, type Fault, type FaultContext } from './harness/fault.js';
import { topics } from './harness/invariants.js';
import { recovered, spread } from './harness/recovery.js';

export const fault: Fault = {
  name: 'kills',
  title: 'kill -9 of each service, the edge, PostgreSQL and Kafka in random order, under a load of writes',
  async run(context) {
    const { random, say, amount } = context;
    const registry = await context.registry();
    const kills = amount('kills', 200, 3);
    // The short form runs beside other suites, which are no part of the promise.
    const promised = amount('promised_ms', 10_000, 30_000);
    const drill = new Drill(context, registry);
    const times: { name: string; ms: number }[] = [];
    await drill.load.progress(30);
    const before = registry.supervisor.restarted;

    for (const name of turns(partsToKill(context, registry.supervisor.names), kills, (names) =>
      random.shuffled(names),
    )) {
      await drill.strike();
      const back = await registry.supervisor.kill(name);
      const ms = await recovered(registry, back);
      times.push({ name, ms });
      say(`  ${times.length}/${kills} ${name}: works again ${ms} ms after it was back`);
      await pause(random.int(0, 500));
    }

    await drill.conclude({ acked: kills * 5, faults: kills });
    say(`  ${kills} kills: ${counted(times.map(({ name }) => name))}`);
    say(`  recovery after the part was back: ${spread(times.map(({ ms }) => ms))}`);
    say(`  ${await topics(registry)} events were sent more than once`);
    if (!context.short) {
      expectEqual('restarts, one for each kill: nobody else ends', kills, registry.supervisor.restarted - before);
      expectNone(
        'recoveries that took longer than promised',
        times.filter(({ ms }) => ms > promised),
      );
    }
  },
};

/**
 * All of them; in the short form a service of chance and the two that no other short form kills; or those that
 * `FAULTS_PARTS=edge,kafka` names, for whoever looks for the cause of something.
 */
function partsToKill({ short, random }: FaultContext, all: readonly string[]) {
  const wanted = process.env['FAULTS_PARTS']?.split(',');
  if (wanted) return all.filter((name) => wanted.includes(name));
  return short ? ['edge', 'postgres', random.pick(services)] : all;
}

/** Everybody's turn comes equally often, in an order of chance. */
function* turns(names: readonly string[], total: number, shuffled: (names: readonly string[]) => string[]) {
  for (let n = 0, order: string[] = []; n < total; n++) {
    if (order.length === 0) order = shuffled(names);
    yield order.pop() ?? '';
  }
}

function counted(names: readonly string[]) {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, n]) => `${name} ${n}`).join(', ');
}
