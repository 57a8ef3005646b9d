import { once } from 'node:events';
import { services } from '@shuzheng/contracts';
import { createTopics, rolePassword } from '@shuzheng/platform';
import {
  type EmbeddedKafka,
  type EmbeddedPostgres,
  lockFolder,
  readKafkaPort,
  startKafka,
} from '@shuzheng/platform/embedded';
import type { LaptopOptions, Running } from './laptop.js';
import { Part } from './part.js';
import { expectFreePort, readLaptopDoor } from './door.js';
import { prepare, type Prepared } from './prepare.js';

export interface DistributedOptions extends LaptopOptions {
  readonly topicPrefix?: string;
  /** A file, open for writing, that takes what the parts say instead of the terminal. */
  readonly log?: number;
}

export interface Distributed extends Running {
  /** What runs as a process of its own, by its name. */
  readonly parts: ReadonlyMap<string, Part>;
  readonly kafka: EmbeddedKafka;
  readonly postgres: EmbeddedPostgres;
}

/** The same registry in parts: PostgreSQL, Kafka, each service as its own process, port and role, and an edge before them. */
export async function startDistributed(options: DistributedOptions): Promise<Distributed> {
  const { folder, say, env = process.env, topicPrefix = 'shuzheng.', log = 'inherit' } = options;
  const door = readLaptopDoor(env);
  const kafkaPort = readKafkaPort(env);
  const unlock = lockFolder(folder);
  await expectFreePort(door);
  const prepared = await prepare(folder, say);
  const kafka = await startKafka({ folder, log: say, ...kafkaPort });
  await createTopics({ brokers: kafka.brokers }, topicPrefix, services);
  const shared = {
    ...env,
    KAFKA_BROKERS: kafka.brokers.join(),
    TOPIC_PREFIX: topicPrefix,
    SHUZHENG_WITH_PARENT: '1',
    // The edge alone stands before the services, on this machine.
    TRUSTED_PROXIES: '127.0.0.1',
  };
  const parts = services.map((service) => new Part(service, serviceEnvironment(service, prepared, shared), log));
  await Promise.all(parts.map((part) => part.start()));
  const addresses = Object.fromEntries(parts.map(({ name, url }) => [name, url]));
  const edge = new Part('edge', { ...shared, SERVICES: JSON.stringify(addresses) }, log);
  parts.push(edge);
  // Nobody knows the edge's address beforehand but whoever started all this and may have chosen its port.
  await edge.start({ PORT: String(door.port) });
  return {
    url: edge.url,
    keys: prepared.keys,
    parts: new Map(parts.map((part) => [part.name, part])),
    kafka,
    postgres: prepared.postgres,
    ended: Promise.race([
      ...parts.map(({ name, child }) => once(child, 'exit').then(() => name)),
      prepared.postgres.ended.then(() => 'PostgreSQL'),
      kafka.ended.then(() => 'Kafka'),
    ]),
    close: async () => {
      await Promise.all(parts.map((part) => part.end()));
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
  return { ...shared, DATABASE_URL: url.href, SHUZHENG_KEYS: keys, SHUZHENG_FILES: files };
}
