import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { services, type ServiceName } from '@shuzheng/contracts';
import { createTopics, rolePassword, type Serving } from '@shuzheng/platform';
import { type EmbeddedKafka, lockFolder, startKafka } from '@shuzheng/platform/embedded';
import type { LaptopOptions, Running } from './laptop.js';
import { expectFreePort } from './ports.js';
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
  const shared = {
    ...env,
    KAFKA_BROKERS: kafka.brokers.join(),
    TOPIC_PREFIX: topicPrefix,
    SHUZHENG_EMBEDDED: '1',
    SHUZHENG_WITH_PARENT: '1',
    // The edge alone stands before the services, on this machine.
    TRUSTED_PROXIES: '127.0.0.1',
  };
  const startPart = async (service: ServiceName) => {
    const child = start(mainOf(service), serviceEnvironment(service, prepared, shared));
    processes.set(service, child);
    const url = await addressOf(service, child);
    await ready(service, url, child);
    return [service, url] as const;
  };
  const addresses = new Map(await Promise.all(services.map(startPart)));
  const edge = start(mainOf('edge'), { ...shared, SERVICES: JSON.stringify(Object.fromEntries(addresses)) });
  processes.set('edge', edge);
  const url = await addressOf('edge', edge);
  await ready('edge', url, edge);
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
  { databaseUrl, databaseSecret, keys, files }: Prepared,
  shared: NodeJS.ProcessEnv,
) {
  const url = new URL(databaseUrl);
  url.username = service;
  url.password = rolePassword(databaseSecret, service);
  return { ...shared, PORT: '0', DATABASE_URL: url.href, SHUZHENG_KEYS: keys, SHUZHENG_FILES: files };
}

/** The same from the sources and from what is built: two folders up are the applications. */
const mainOf = (name: string) => fileURLToPath(new URL(`../../../${name}/dist/main.js`, import.meta.url));

/** In a group of its own: the terminal's Ctrl-C must reach this process first, which ends the parts in order. */
function start(main: string, env: NodeJS.ProcessEnv) {
  return spawn(process.execPath, ['--enable-source-maps', main], {
    env,
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
}

/** Where a part serves, told by itself: a port that is looked for beforehand may be somebody else's by then. */
async function addressOf(name: string, child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${name} did not start`)));
  const [told] = (await Promise.race([once(child, 'message'), ended])) as [Serving];
  child.disconnect();
  return told.serving;
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(late);
}

async function ready(name: string, url: string, child: ChildProcess) {
  for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(100)) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`${name} did not start`);
}
