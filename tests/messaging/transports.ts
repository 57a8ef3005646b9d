import type { Broker } from '../../libs/platform/src/messaging/broker.js';
import { InProcessBroker, inProcessDestination } from '../../libs/platform/src/messaging/in-process-broker.js';
import { KafkaBroker, type KafkaSettings } from '../../libs/platform/src/messaging/kafka-broker.js';
import { kafkaRelay, type RelayOptions } from '../../libs/platform/src/messaging/relay.js';
import { createTopics } from '../../libs/platform/src/messaging/topics.js';

export const PRODUCER = 'enrollment';
export const GROUP = 'assessment';

/** One of the two ways events travel, as the tests see it. */
export interface Transport {
  /** What a child process is told, so that it uses the same. */
  readonly address: string;
  /** Where the producer's events must go for these groups to get them. */
  destinations(groups: readonly string[]): readonly string[];
  prepare(): Promise<void>;
  broker(settings?: Partial<KafkaSettings>): Broker;
  readonly relay: Omit<RelayOptions, 'owner'>;
}

export function transportAt(address: string): Transport {
  if (address === 'in-process') return inProcess;
  const [brokers = '', prefix = ''] = address.split('/');
  return kafka(brokers.split(','), prefix);
}

const inProcess: Transport = {
  address: 'in-process',
  destinations: (groups) => groups.map((group) => inProcessDestination(PRODUCER, group)),
  prepare: async () => {},
  broker: () => new InProcessBroker(),
  relay: { leaseMs: 1000, idleMs: 100, lanes: 1 },
};

const kafka = (brokers: readonly string[], prefix: string): Transport => ({
  address: `${brokers.join()}/${prefix}`,
  destinations: () => [prefix + PRODUCER],
  prepare: () => createTopics({ brokers }, prefix, [PRODUCER]),
  broker: (settings = {}) =>
    new KafkaBroker({ brokers, prefix, silent: () => process.exit(1), unreadable: async () => {}, ...settings }),
  relay: { ...kafkaRelay, leaseMs: 1000 },
});

/** A prefix of its own keeps the topics and groups of tests apart. */
export const aPrefix = () => `t${process.pid}-${Date.now().toString(36)}${Math.floor(Math.random() * 1e6)}.`;
