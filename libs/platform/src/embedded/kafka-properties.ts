import { writeFileSync } from 'node:fs';

const twoMegabytes = 2 * 1024 * 1024;

export interface BrokerAddress {
  readonly broker: number;
  readonly controller: number;
}

/** One broker that is its own controller: enough for a laptop and the tests, with everything kept a single time. */
export function writeProperties(file: string, data: string, { broker, controller }: BrokerAddress): void {
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${broker}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': data.replaceAll('\\', '/'),
    // After a crash the broker is let in again only when its former session is over, by default nine seconds later.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    'auto.create.topics.enable': false,
    'message.max.bytes': twoMegabytes,
    'replica.fetch.max.bytes': twoMegabytes,
    'log.retention.hours': 14 * 24,
    // A group that was away must still know where it stood for as long as its messages are there.
    'offsets.retention.minutes': 30 * 24 * 60,
    'group.initial.rebalance.delay.ms': 0,
    ...single('offsets.topic', ['replication.factor', 'num.partitions']),
    ...single('transaction.state.log', ['replication.factor', 'min.isr', 'num.partitions']),
    ...single('share.coordinator.state.topic', ['replication.factor', 'min.isr', 'num.partitions']),
  };
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
}

function single(prefix: string, names: string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [`${prefix}.${name}`, 1]));
}
