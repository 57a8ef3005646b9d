import { allServices } from '@shuzheng/all-in-one';
import { projectionsOf } from '@shuzheng/platform';
import { services } from '@shuzheng/contracts';
import { contentOf } from '../content.js';
import { doubler } from './harness/doubler.js';
import { Drill } from './harness/drill.js';
import { expectAtLeast, expectEqual, type Fault } from './harness/fault.js';
import { quiet, subscriptions } from './harness/quiet.js';
import type { Registry } from './harness/registry.js';

export const fault: Fault = {
  name: 'repeats',
  title: 'deliveries doubled, batches redelivered, all topics replayed, every projection rebuilt: equal content',
  async run(context) {
    const { say, amount } = context;
    const registry = await context.registry();
    const drill = new Drill(context, registry);
    const doubling = await doubler(registry, context.random.split());
    await drill.load.progress(20);
    await drill.strike();
    await drill.load.progress(amount('commands', 2000, 120), 600_000);
    await doubling.stop();
    await drill.conclude({ acked: 100, faults: 1 });
    const { messages, batches } = doubling.counts;
    say(`  ${messages} messages delivered again, with ${batches} batches among them`);
    expectAtLeast('messages delivered again', 30, messages);

    const content = () => contentOf((text, values) => registry.query(text, values), services, registry.keys);
    const before = await content();
    const events = await replayAll(registry);
    await quiet(registry);
    expectEqual('content after the replay of all topics', before, await content());

    await emptyProjections(registry);
    await replayAll(registry);
    await quiet(registry);
    expectEqual('content after the rebuild of all projections', before, await content());
    say(`  ${events} events replayed with cursors and again without; ${Object.keys(before).length} tables as before`);
  },
};

/** Every producer's whole log is queued for its topic again. */
async function replayAll(registry: Registry): Promise<number> {
  let events = 0;
  for (const service of services) {
    const queued = await registry.query(
      `insert into ${service}.unsent (destination, position, shard, bytes, time)
       select 'shuzheng.${service}', position, shard, octet_length(data::text), time from ${service}.event
       on conflict do nothing returning position`,
    );
    events += queued.length;
  }
  return events;
}

/** What is made of events alone is emptied, and every consumer forgets how far it had come. */
async function emptyProjections(registry: Registry) {
  const heard = await subscriptions(registry);
  for (const service of allServices) {
    const tables = projectionsOf(service).map((table) => `delete from ${service.name}.${table}`);
    const producers = heard.filter((one) => one.service === service.name).map(({ producer }) => `'${producer}'`);
    if (producers.length === 0) continue;
    const forgetting = ['held', 'cursor'].map(
      (table) => `delete from ${service.name}.${table} where producer in (${producers.join()})`,
    );
    // One text without values is one transaction.
    await registry.query([...tables, ...forgetting].join('; '));
  }
}
