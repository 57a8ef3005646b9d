import { allServices } from '@shuzheng/all-in-one';
import { services } from '@shuzheng/contracts';
import { projectionsOf } from '@shuzheng/platform';
import { contentOf } from '../../content.js';
import { expectEqual } from './fault.js';
import { quiet, subscriptions } from './quiet.js';
import type { Registry } from './registry.js';

/** I6: the log is sent again to consumers that know it, then to consumers that know nothing: their content is the same. */
export async function replayed(registry: Registry) {
  const content = () => contentOf((text, values) => registry.query(text, values), services, registry.keys);
  const before = await content();
  const events = await replayAll(registry);
  await quiet(registry);
  expectEqual('I6 content after the replay of all topics', before, await content());

  await rebuilt(registry);
  expectEqual('I6 content after the rebuild of all projections', before, await content());
  return { events, tables: Object.keys(before).length };
}

/** Everything that is made of events is made anew. */
export async function rebuilt(registry: Registry) {
  await emptyProjections(registry);
  await replayAll(registry);
  await quiet(registry);
}

/** Every producer's whole log is queued for its topic again. */
async function replayAll(registry: Registry): Promise<number> {
  let events = 0;
  for (const service of services) {
    const queued = await registry.query(
      `insert into ${service}.unsent (destination, position, shard, bytes, time)
       select '${registry.topicOf(service)}', position, shard, octet_length(data::text), time from ${service}.event
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
