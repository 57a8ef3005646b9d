import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { services, type ServiceName } from '@shuzheng/contracts';
import { createTopics, rolePassword } from '@shuzheng/platform';
import { type EmbeddedKafka, lockFolder, startKafka } from '@shuzheng/platform/embedded';
import type { LaptopOptions, Running } from './laptop.js';
import { expectFreePort, freePort } from './ports.js';
import { prepare, type Prepared } from './prepare.js';

export interface DistributedOptions extends LaptopOptions {
  readonly topicPrefix?: string;
}

/** A process of the running registry, by its service's name. */
export type Processes = ReadonlyMap<string, ChildProcess>;

export interface Distributed extends Running {
  readonly processes: Processes;
  readonly kafka: EmbeddedKafka;
}

/** The same registry in parts: PostgreSQL, Kafka, each service as its own process, port and role, and an edge before them. */
export async function startDistributed(options: DistributedOptions): Promise<Distributed> {
  const { folder, say, env = process.env, topicPrefix = 'shuzheng.' } = options;
  const unlock = lockFolder(folder);
  await expectFreePort(env);
  const prepared = await prepare(folder, say);
  const kafka = await startKafka({
    folder,
    log: say,
    ...(env['KAFKA_PORT'] ? { port: Number(env['KAFKA_PORT']) } : {}),
  });
  await createTopics({ brokers: kafka.brokers }, topicPrefix, services);
  const processes = new Map<string, ChildProcess>();
  const addresses = new Map<ServiceName, string>();
  const shared = {
    ...env,
    KAFKA_BROKERS: kafka.brokers.join(),
    TOPIC_PREFIX: topicPrefix,
    SHUZHENG_EMBEDDED: '1',
    SHUZHENG_WITH_PARENT: '1',
    // The edge alone stands before the services, on this machine.
    TRUSTED_PROXIES: '127.0.0.1',
  };
  for (const service of services) {
    const port = await freePort();
    addresses.set(service, `http://127.0.0.1:${port}`);
    processes.set(service, start(mainOf(service), serviceEnvironment(service, port, prepared, shared)));
    await pause(50);
  }
  await Promise.all([...addresses].map(([service, url]) => ready(service, url, processes)));
  const port = Number(env['PORT'] ?? 3000) || (await freePort());
  const edge = start(mainOf('edge'), {
    ...shared,
    PORT: String(port),
    SERVICES: JSON.stringify(Object.fromEntries(addresses)),
  });
  processes.set('edge', edge);
  const url = `http://127.0.0.1:${port}`;
  await ready('edge', url, processes);
  return {
    url,
    keys: prepared.keys,
    processes,
    kafka,
    ended: Promise.race([...processes].map(([name, child]) => once(child, 'exit').then(() => name))),
    close: async () => {
      await Promise.all([...processes.values()].map(end));
      await kafka.stop();
      await prepared.postgres.stop();
      unlock();
    },
  };
}

/** Each service is told its own role's password and no other's. */
function serviceEnvironment(
  service: string,
  port: number,
  { databaseUrl, databaseSecret, keys, files }: Prepared,
  shared: NodeJS.ProcessEnv,
) {
  const url = new URL(databaseUrl);
  url.username = service;
  url.password = rolePassword(databaseSecret, service);
  return { ...shared, PORT: String(port), DATABASE_URL: url.href, SHUZHENG_KEYS: keys, SHUZHENG_FILES: files };
}

/** The same from the sources and from what is built: two folders up are the applications. */
const mainOf = (name: string) => fileURLToPath(new URL(`../../../${name}/dist/main.js`, import.meta.url));

/** In a group of its own: the terminal's Ctrl-C must reach this process first, which ends the parts in order. */
function start(main: string, env: NodeJS.ProcessEnv) {
  return spawn(process.execPath, ['--enable-source-maps', main], {
    env,
    stdio: ['pipe', 'inherit', 'inherit'],
    detached: true,
  });
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(late);
}

async function ready(name: string, url: string, processes: Processes) {
  for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(100)) {
    if (processes.get(name)?.exitCode != null) break;
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`${name} did not start`);
}
