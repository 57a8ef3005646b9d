import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Drill } from './harness/drill.js';
import { expectAtLeast, type Fault } from './harness/fault.js';
import { failing, inject, struck } from './harness/injection.js';
import { topics } from './harness/invariants.js';
import { recovered } from './harness/recovery.js';
import type { Registry } from './harness/registry.js';

/** Fewer conflicts than these would prove nothing; how long they are waited for beyond the time they were given. */
const LEAST = { commands: 5, reactions: 2 };
const PATIENCE_MS = 60_000;

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
    for (let times = 0; times < amount('cuts', 60, 3); times++) {
      await drill.strike();
      cut += await terminate(registry);
      await pause(250);
    }
    await drill.load.progress(20);
    say(`  ${cut} connections cut`);

    await drill.strike();
    await holdLock(registry, amount('lock_ms', 60_000, 2000));
    await drill.load.progress(20);
    say(`  a lock held; ${drill.load.unknown} answers so far asked to come back`);

    await conflicts(registry, drill, amount('conflict_ms', 30_000, 0), say);
    await drill.load.progress(20);

    await drill.conclude({ acked: context.short ? 60 : 100, faults: 4 });
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

const commands = { 'enrollment.audit': '40001', 'institutions.organisation': '40P01' };
const reactions = { 'oversight.stage': '40001', 'oversight.trainee': '40P01' };

/** One in five commits of a command, and one in five of what a consumer writes, meets a conflict, until enough have. */
async function conflicts(registry: Registry, drill: Drill, ms: number, say: (line: string) => void) {
  const unknownBefore = drill.load.unknown;
  const heal: (() => Promise<unknown>)[] = [];
  for (const [table, state] of Object.entries({ ...commands, ...reactions })) {
    heal.push(await inject(registry, table, failing(state, 0.2), table === 'enrollment.audit' ? 'commit' : 'insert'));
  }
  await drill.strike();
  const began = Date.now();
  const met = { commands: 0, reactions: 0 };
  while (Date.now() < began + ms || (!enough(met) && Date.now() < began + ms + PATIENCE_MS)) {
    await pause(100);
    met.commands = await struck(registry, Object.keys(commands));
    met.reactions = await struck(registry, Object.keys(reactions));
  }
  for (const one of heal) await one();
  expectAtLeast('commands that met a conflict', LEAST.commands, met.commands);
  expectAtLeast('batches of a consumer that met a conflict', LEAST.reactions, met.reactions);
  say(
    `  serialization_failure and deadlock_detected: ${met.commands} commands and ${met.reactions} batches of a consumer,`,
  );
  say(`  ${drill.load.unknown - unknownBefore} answers that asked to come back`);
}

const enough = (met: typeof LEAST) => met.commands >= LEAST.commands && met.reactions >= LEAST.reactions;
