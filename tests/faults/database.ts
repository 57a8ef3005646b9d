import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Drill } from './harness/drill.js';
import { expectAtLeast, type Fault } from './harness/fault.js';
import { failing, inject } from './harness/injection.js';
import { topics } from './harness/invariants.js';
import { recovered } from './harness/recovery.js';
import type { Registry } from './harness/registry.js';

export const fault: Fault = {
  name: 'database',
  title: 'PostgreSQL restarted, its connections cut, its pool exhausted, a lock held, conflicts injected',
  async run(context) {
    const { say, amount } = context;
    const registry = await context.registry();
    // More than the five connections of a service, so that the pool runs out while they wait.
    const drill = new Drill(context, registry, 16);
    await drill.load.progress(20);

    await drill.strike();
    const ms = await recovered(registry, await registry.supervisor.kill('postgres', 'SIGINT'));
    say(`  restarted: works again ${ms} ms after it was back`);

    let cut = 0;
    for (let times = 0; times < amount('cuts', 60, 5); times++) {
      await drill.strike();
      cut += await terminate(registry);
      await pause(250);
    }
    await drill.load.progress(20);
    say(`  ${cut} connections cut`);

    await drill.strike();
    await holdLock(registry, amount('lock_ms', 60_000, 3000));
    await drill.load.progress(20);
    say(`  a lock held; ${drill.load.unknown} answers so far asked to come back`);

    await conflicts(registry, drill, amount('conflict_ms', 30_000, 4000), say);
    await drill.load.progress(20);

    await drill.conclude({ acked: 100, faults: 4 });
    say(`  ${await topics(registry)} events were sent more than once`);
  },
};

/** Cuts every connection of every service at once. */
async function terminate(registry: Registry) {
  const [row] = await registry.query<{ cut: number }>(
    `select count(pg_terminate_backend(pid))::int as cut from pg_stat_activity
     where datname = 'shuzheng' and application_name like 'shuzheng %'`,
  );
  return row?.cut ?? 0;
}

/** Whoever opens a class or takes learners in waits, until the lock's own limit or the pool's is reached. */
async function holdLock(registry: Registry, ms: number) {
  const client = new pg.Client(registry.adminUrl);
  await client.connect();
  await client.query('begin; lock table enrollment.training_class in access exclusive mode');
  await pause(ms);
  await client.query('rollback');
  await client.end();
}

/** One in five commits of a command, and one in five of what a consumer writes, meets a conflict. */
async function conflicts(registry: Registry, drill: Drill, ms: number, say: (line: string) => void) {
  const unknownBefore = drill.load.unknown;
  const heal = [
    await inject(registry, 'enrollment.audit', failing('40001', 0.2), 'commit'),
    await inject(registry, 'institutions.organisation', failing('40P01', 0.2)),
    await inject(registry, 'oversight.stage', failing('40001', 0.2)),
    await inject(registry, 'oversight.trainee', failing('40P01', 0.2)),
  ];
  await drill.strike();
  await pause(ms);
  for (const one of heal) await one();
  const met = drill.load.unknown - unknownBefore;
  expectAtLeast('commands that met a conflict', 5, met);
  say(`  ${met} commands met serialization_failure or deadlock_detected and were told to come back`);
}
