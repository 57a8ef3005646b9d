import { services } from '@shuzheng/contracts';
import { topicReader } from '../../messaging/topic-reader.js';
import { certificates, type Query } from './certificates.js';
import { deadlines } from './deadlines.js';
import { expectEqual, expectNone } from './fault.js';
import type { Ground, Registry } from './registry.js';
import { subscriptions, waiting } from './quiet.js';

const forEach = (text: (service: string) => string) => services.map(text).join(' union all ');

/**
 * What must be true of every service's data whenever the registry is quiet, whatever happened before: nothing left over,
 * each history without gap, each consumer at its end, each audit chain whole, each certificate number once and accounted
 * for, each deadline told once and in time.
 */
export async function invariants(registry: Ground) {
  await nothingLeft(registry);
  await histories(registry);
  await cursors(registry);
  await auditChains(registry);
  const query: Query = (text, values) => registry.query(text, values);
  await certificates(query);
  await deadlines(query);
  await resources(registry);
}

/** I8: nothing waits to be sent or applied, nothing is parked, nothing was unreadable. */
async function nothingLeft(registry: Ground) {
  const left = (await waiting(registry)).filter((one) => one.unsent + one.held + one.parked + one.behind > 0);
  expectNone('I8 what waits although all is quiet', left);
  const unreadable = await registry.query(forEach((one) => `select '${one}', topic, "offset" from ${one}.unreadable`));
  expectNone('I8 messages that were no events', unreadable);
}

/** I7: each aggregate's events are numbered from 1 without a gap, and its stream knows the last. */
async function histories(registry: Ground) {
  const wrong = await registry.query(
    forEach(
      (one) => `
      select '${one}' as service, aggregate, count(*), max(event.sequence), min(stream.sequence) as stream
      from ${one}.event full join ${one}.stream using (aggregate)
      group by aggregate
      having count(event.sequence) is distinct from max(event.sequence) or count(distinct event.sequence) <> count(*)
        or min(event.sequence) is distinct from 1 or max(event.sequence) is distinct from min(stream.sequence)`,
    ),
  );
  expectNone('I7 histories with a gap or a repeat', wrong);
}

/** I7: whoever hears a service has applied each of its aggregates to the end, and nothing beyond it. */
async function cursors(registry: Ground) {
  for (const { service, producer } of await subscriptions(registry)) {
    const wrong = await registry.query(
      `select aggregate, stream.sequence, cursor.sequence as applied
       from ${producer}.stream full join (select * from ${service}.cursor where producer = $1) as cursor using (aggregate)
       where stream.sequence is distinct from cursor.sequence`,
      [producer],
    );
    expectNone(`I7 what ${service} has not applied of ${producer}`, wrong);
  }
}

/** I9: no audit row was changed, lost or put in between, and no two records tell the same request of the same thing. */
async function auditChains(registry: Ground) {
  for (const service of services) {
    const { status, body } = await registry.callers.call({
      as: 'demo-auditor',
      method: 'GET',
      path: `${service}/operations/audit-check`,
    });
    expectEqual(`I9 the audit chains of ${service}`, [200, true], [status, body['whole']]);
  }
}

/** I13: nobody waits for a lock, no transaction stands open, and each shard has one owner. */
async function resources(registry: Ground) {
  const stuck = await registry.query(`
    select application_name, state, query from pg_stat_activity
    where datname = 'shuzheng' and (state like 'idle in transaction%' and xact_start < clock_timestamp() - interval '5 s'
      or wait_event_type = 'Lock' and query_start < clock_timestamp() - interval '5 s')`);
  expectNone('I13 transactions that stand open', stuck);
  const ownerless = await registry.query(
    forEach((one) => `select '${one}', shard from ${one}.lease where until < now()`),
  );
  expectNone('I13 shards without an owner', ownerless);
}

/** I7 on the wire: once repeats are dropped, every event came, and none overtook another of its aggregate. Counts the repeats. */
export async function topics(registry: Registry): Promise<number> {
  const { seen, inversions, repeats } = await topicReader(
    [...registry.brokers],
    ...services.map((one) => registry.topicOf(one)),
  );
  expectEqual('I7 inversions in the topics', 0, inversions);
  const counts = await registry.query<{ events: number }>(
    forEach((one) => `select count(*)::int as events from ${one}.event`),
  );
  expectEqual(
    'I7 events in the topics',
    counts.reduce((sum, { events }) => sum + events, 0),
    seen - repeats,
  );
  return repeats;
}
