import { setTimeout as pause } from 'node:timers/promises';
import { Drill } from './harness/drill.js';
import { expectAtLeast, expectEqual, type Fault } from './harness/fault.js';
import { topics } from './harness/invariants.js';
import { recovered } from './harness/recovery.js';
import type { Registry } from './harness/registry.js';

export const fault: Fault = {
  name: 'kafka-away',
  title: 'Kafka away while the users work on: nobody notices, and the backlog drains in order',
  async run(context) {
    const { say, amount } = context;
    const registry = await context.registry();
    const outage = amount('outage_ms', 120_000, 8000);
    const drill = new Drill(context, registry);
    await drill.load.progress(20);

    await drill.strike();
    drill.load.alone = true;
    const unknownBefore = drill.load.unknown;
    const bringBack = await registry.supervisor.takeAway('kafka');
    const ackedBefore = drill.load.acked;
    await pause(outage);
    const during = drill.load.acked - ackedBefore;
    expectEqual('answers that failed while Kafka was away', 0, drill.load.unknown - unknownBefore);
    const shown = await degraded(registry);
    const ms = await recovered(registry, await bringBack());
    drill.load.alone = false;

    await drill.conclude({ acked: 50, faults: 1 });
    expectAtLeast('commands acknowledged during the outage', outage / 1000, during);
    expectAtLeast('seconds the oldest event waited, as /metrics told', (outage / 1000) * 0.3, shown.oldest);
    expectAtLeast('unsent events, as /metrics told', 10, shown.unsent);
    say(`  ${during} commands acknowledged in ${outage / 1000} s without Kafka, none failed`);
    say(`  /metrics told of ${shown.unsent} unsent events, the oldest ${shown.oldest.toFixed(0)} s old`);
    say(`  recovered ${ms} ms after Kafka was back; ${await topics(registry)} events were sent more than once`);
  },
};

/** Ready all the same, but each service says what it cannot deliver. */
async function degraded(registry: Registry) {
  const url = registry.urlOf('enrollment');
  const ready = await fetch(`${url}/health/ready`);
  const { checks } = (await ready.json()) as { checks: { messaging?: { state?: string } }[] };
  expectEqual('readiness during the outage', [200, 'delayed'], [ready.status, checks[0]?.messaging?.state]);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name}{.*} (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0);
  return { oldest: value('shuzheng_outbox_oldest_seconds'), unsent: value('shuzheng_outbox_unsent') };
}
