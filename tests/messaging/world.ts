import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Apply, Broker } from '../../libs/platform/src/messaging/broker.js';
import { Consumer } from '../../libs/platform/src/messaging/consumer.js';
import type { KafkaSettings } from '../../libs/platform/src/messaging/kafka-broker.js';
import { register } from '../../libs/platform/src/messaging/leases.js';
import { Reactions } from '../../libs/platform/src/messaging/reactions.js';
import { Relay } from '../../libs/platform/src/messaging/relay.js';
import { aSite } from '../../libs/platform/src/messaging/testing/databases.js';
import { count, until, WhenSeatTaken } from '../../libs/platform/src/messaging/testing/seats.js';
import { GROUP, PRODUCER, type Transport } from './transports.js';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** A producer and a consumer with a database each, and whatever carries events between them. */
export async function aWorld(transport: Transport, groups: readonly string[] = [GROUP]) {
  const [from, to] = await Promise.all([aSite('producer'), aSite('consumer')]);
  await transport.prepare();
  for (const destination of transport.destinations(groups)) await register(from.db, destination);
  return new World(transport, groups, from, to);
}

type Site = Awaited<ReturnType<typeof aSite>>;

export class World {
  private readonly children: ChildProcess[] = [];
  private readonly brokers: Broker[] = [];
  private readonly relays: Relay[] = [];
  readonly reaction: WhenSeatTaken;
  readonly consumer: Consumer;

  constructor(
    readonly transport: Transport,
    private readonly groups: readonly string[],
    readonly from: Site,
    readonly to: Site,
  ) {
    this.reaction = new WhenSeatTaken(to.db);
    this.consumer = new Consumer(to.db, new Reactions([this.reaction]), 50);
  }

  /** Consumers and relays in this process; `wrapped` may do things to what is published. */
  async run(
    applies: Record<string, Apply> = { [GROUP]: this.consumer.apply },
    wrapped: (broker: Broker) => Pick<Broker, 'publish'> = (broker) => broker,
  ) {
    const broker = this.broker();
    this.consumer.start();
    await Promise.all(Object.entries(applies).map(([group, apply]) => broker.subscribe(group, [PRODUCER], apply)));
    await this.relay(wrapped(broker));
  }

  broker(settings?: Partial<KafkaSettings>) {
    const broker = this.transport.broker(settings);
    this.brokers.push(broker);
    return broker;
  }

  async relay(broker: Pick<Broker, 'publish'>) {
    const options = { ...this.transport.relay, owner: 'test', wake: this.from.wake.subscribe };
    const relays = this.transport
      .destinations(this.groups)
      .map((destination) => new Relay(this.from.db, destination, broker, options));
    this.relays.push(...relays);
    await Promise.all(relays.map((relay) => relay.start()));
  }

  /** A process of its own that can be killed; `crashAt` makes it kill itself there. */
  child(role: 'relay' | 'consumer' | 'both', crashAt = '', address = this.transport.address) {
    const args = ['--conditions=source', '--import', here('typescript.mjs'), here('child.ts')];
    const child = spawn(process.execPath, [...args, role, address, this.from.name, this.to.name], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        SHUZHENG_CRASH_AT: crashAt,
        SHUZHENG_LOG: 'warn',
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      },
    });
    this.children.push(child);
    let said = '';
    const ready = new Promise<void>((resolve) => {
      child.stdout?.on('data', (words: Buffer) => {
        said += String(words);
        if (said.includes('ready\n')) resolve();
      });
    });
    const ended = once(child, 'close') as Promise<[number | null, string | null]>;
    return { process: child, ready, ended, said: () => said };
  }

  async allApplied(ms = 40_000) {
    await until(async () => (await count(this.to.db, 'seat')) >= (await count(this.from.db, 'event')), ms);
    await until(async () => (await count(this.from.db, 'unsent')) === 0, ms);
  }

  /** In the order a service stops. */
  async stop() {
    await Promise.all(this.relays.map((relay) => relay.stop()));
    await Promise.all(this.brokers.map((broker) => broker.close()));
    await this.consumer.stop();
  }

  async close() {
    for (const child of this.children) child.kill('SIGKILL');
    await this.stop();
    await Promise.all([this.from.drop(), this.to.drop()]);
  }
}
