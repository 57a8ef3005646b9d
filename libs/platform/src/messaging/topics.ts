import { setTimeout as pause } from 'node:timers/promises';
import { type Admin, Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { SHARDS } from './broker.js';
import { kafkaLog } from './kafka-log.js';

/** How Kafka is reached. */
export interface KafkaAccess extends Pick<KafkaConfig, 'ssl' | 'sasl'> {
  readonly brokers: readonly string[];
}

const RETENTION_MS = 14 * 24 * 3_600_000;
/** An event weighs up to 1 MB, and a batch of them somewhat more. */
const MOST_BYTES = 4 << 20;

/**
 * A client that tells its faults to our log and does not wait long between its attempts to connect. After five it gives
 * up, or, where `over` is given, when that says so.
 */
export const kafkaClient = ({ brokers, ...access }: KafkaAccess, over?: () => boolean) =>
  new Kafka({
    ...only(access),
    // Asked before each attempt; kafkajs gives up when there is nobody to be reached.
    brokers: () => (over?.() ? [''] : [...brokers]),
    clientId: 'shuzheng',
    connectionTimeout: 2000,
    retry: { initialRetryTime: 300, maxRetryTime: 1000, retries: over ? Infinity : 5 },
    logLevel: logLevel.WARN,
    logCreator: kafkaLog,
  });

const only = ({ ssl, sasl }: Omit<KafkaAccess, 'brokers'>) => ({ ...(ssl ? { ssl } : {}), ...(sasl ? { sasl } : {}) });

/** Runs `work` with an admin client of its own. */
async function asking<T>({ brokers, ...access }: KafkaAccess, retries: number, work: (admin: Admin) => Promise<T>) {
  const options = { connectionTimeout: 2000, requestTimeout: 2500, retry: { retries }, logLevel: logLevel.NOTHING };
  const admin = new Kafka({ ...only(access), ...options, brokers: [...brokers], clientId: 'shuzheng-admin' }).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

/** Does a broker answer a question over a new connection? */
export const answers = (access: KafkaAccess): Promise<boolean> =>
  asking(access, 0, (admin) => admin.describeCluster()).then(
    () => true,
    () => false,
  );

/**
 * Returns once Kafka answers and its coordinator works. The first question to a coordinator makes Kafka create the
 * topic of the offsets; a consumer that comes before that fails and starts over.
 */
export async function waitForKafka(access: KafkaAccess, ms = 60_000): Promise<void> {
  // The first question makes the client know the brokers; a coordinator that is not there yet fails the second.
  const ready = async (admin: Admin) => {
    await admin.describeCluster();
    await admin.fetchTopicMetadata();
    await admin.describeGroups(['shuzheng-readiness']);
    return true;
  };
  for (const end = Date.now() + ms; Date.now() < end; await pause(250)) {
    if (await asking(access, 0, ready).catch(() => false)) return;
  }
  throw new Error('Kafka cannot be reached');
}

/** Makes the topics that are missing: one for each producer, with a partition for each shard. */
export function createTopics(access: KafkaAccess, prefix: string, services: readonly string[]): Promise<void> {
  return asking(access, 5, async (admin) => {
    const wanted = services.map((service) => prefix + service);
    const existing = new Set(await admin.listTopics());
    const { brokers } = await admin.describeCluster();
    const missing = wanted.filter((topic) => !existing.has(topic));
    if (missing.length > 0)
      await admin.createTopics({
        topics: missing.map((topic) => topicOf(topic, brokers.length)),
        // kafkajs waits for leaders, but not for a broker that has not heard of the topic yet.
        waitForLeaders: false,
      });
    await known(admin, wanted);
    await expectShards(admin, wanted);
  });
}

/** With three brokers every event lies on three, and is taken by two before it counts as sent. */
function topicOf(topic: string, brokers: number) {
  const replicas = Math.min(3, brokers);
  const config = {
    'retention.ms': RETENTION_MS,
    'max.message.bytes': MOST_BYTES,
    'min.insync.replicas': Math.max(1, replicas - 1),
    'unclean.leader.election.enable': false,
  };
  return {
    topic,
    numPartitions: SHARDS,
    replicationFactor: replicas,
    configEntries: Object.entries(config).map(([name, value]) => ({ name, value: String(value) })),
  };
}

/** A topic that was made is known everywhere a little later. */
async function known(admin: Admin, topics: string[]) {
  for (const end = Date.now() + 30_000; ; await pause(100)) {
    try {
      const found = await admin.fetchTopicMetadata({ topics });
      if (found.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** A topic with other partitions would part the events of an aggregate. */
async function expectShards(admin: Admin, topics: string[]) {
  const found = await admin.fetchTopicMetadata({ topics });
  const wrong = found.topics.filter(({ partitions }) => partitions.length !== SHARDS).map(({ name }) => name);
  if (wrong.length > 0) throw new Error(`these topics have not ${SHARDS} partitions: ${wrong.join(', ')}`);
}
