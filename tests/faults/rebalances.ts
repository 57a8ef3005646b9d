import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Drill } from './harness/drill.js';
import { expectAtLeast, type Fault } from './harness/fault.js';
import { inject } from './harness/injection.js';
import { topics } from './harness/invariants.js';
import type { Registry } from './harness/registry.js';

export const fault: Fault = {
  name: 'rebalances',
  title: '32 writers with late commits, while replicas with their relays and consumers come, go and die',
  async run(context) {
    const { random, say, amount } = context;
    const registry = await context.registry();
    const drill = new Drill(context, registry, 32);
    await drill.load.progress(20);
    // A commit of enrollment takes up to 300 ms, so positions commit in another order than they were given in.
    const late = await inject(registry, 'enrollment.idempotency', 'perform pg_sleep(random() * 0.3);', 'commit');
    // One batch in ten takes longer than the six seconds after which Kafka gives a silent consumer up.
    const slow = await inject(
      registry,
      'oversight.stage',
      `if random() < ${amount('slow_percent', 3, 2) / 100} then perform pg_sleep(7); end if;`,
    );

    const latecomers = watchLatecomers(registry);
    const comings = amount('comings', 24, 2);
    let amid = 0;
    for (let n = 0; n < comings; n++) {
      const began = Date.now();
      const replica = registry.replica(n % 2 === 0 ? 'enrollment' : 'oversight');
      await replica.start();
      await pause(random.int(1000, 3000));
      const isAmid = replica.name === 'oversight' && (await sleeps(registry, began));
      if (isAmid) amid++;
      await drill.strike();
      const gone = once(replica.child, 'exit');
      replica.child.kill(isAmid ? 'SIGKILL' : random.pick(['SIGKILL', 'SIGTERM']));
      await gone;
    }
    const overtaken = await latecomers();
    await Promise.all([late(), slow()]);

    await drill.conclude({ acked: 100, faults: comings });
    say(`  ${comings} replicas came and went; ${overtaken} events appeared after others with a later position`);
    say(`  ${await topics(registry)} events were sent more than once, none was skipped and none overtook another`);
    say(`  ${amid} consumers were killed in the middle of a slow batch`);
    expectAtLeast('events that committed late', 10, overtaken);
    expectAtLeast('consumers that were killed in the middle of a slow batch', context.short ? 0 : 3, amid);
  },
};

/** Waits for a slow batch on a connection that was opened since, which is most likely the newcomer's. */
async function sleeps(registry: Registry, since: number) {
  for (const end = Date.now() + 10_000; Date.now() < end; await pause(100)) {
    const asleep = await registry.query(
      `select 1 from pg_stat_activity where application_name = 'shuzheng oversight' and wait_event = 'PgSleep'
       and backend_start > to_timestamp($1)`,
      [since / 1000],
    );
    if (asleep.length > 0) return true;
  }
  return false;
}

/** Counts the events that appeared after others with a later position: what a relay that remembers a position would skip. */
function watchLatecomers(registry: Registry) {
  const seen = new Set<string>();
  let [watching, highest, late] = [true, 0n, 0];
  const watch = (async () => {
    while (watching) {
      const rows = await registry.query<{ position: string }>(
        'select position from enrollment.event order by position desc limit 200',
      );
      const fresh = rows.map(({ position }) => position).filter((position) => !seen.has(position));
      late += fresh.filter((position) => BigInt(position) < highest && seen.size > 0).length;
      for (const position of fresh) seen.add(position);
      highest = BigInt(rows[0]?.position ?? 0);
      await pause(20);
    }
  })();
  return async () => {
    watching = false;
    await watch;
    return late;
  };
}
