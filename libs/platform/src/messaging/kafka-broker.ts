import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage, Producer } from 'kafkajs';
import { crashPoint } from '../crash.js';
import { faultOf, log } from '../log.js';
import { type Apply, type Broker, type Message, type Parcel, SHARDS } from './broker.js';
import { unwrap } from './envelope.js';
import { Gathering, MOST } from './gathering.js';
import { Offsets } from './offsets.js';
import { answers, type KafkaAccess, kafkaClient } from './topics.js';
import type { Unreadable } from './unreadable.js';
import { Watchdog } from './watchdog.js';

export interface KafkaSettings extends KafkaAccess {
  /** Before the name of every topic and group. */
  readonly prefix: string;
  /** A consumer has gone silent or given up while the broker can be reached: end the process, kafkajs will not. */
  readonly silent: () => void;
  /** Stores what is no event; its offset is passed over only then. */
  readonly unreadable: (bad: Unreadable) => Promise<void>;
}

/** Everything we ask of kafkajs. It may lose, repeat or reorder; cursors decide what counts. */
export class KafkaBroker implements Broker {
  private readonly kafka: Kafka;
  /** It waits for a broker that is away: a consumer that gave up would come back as somebody new. */
  private readonly patient: Kafka;
  private producer: Promise<Producer> | undefined;
  private readonly consumers: Consumer[] = [];
  private readonly watchdogs: Watchdog[] = [];
  private readonly offsets: Offsets[] = [];
  private closed = false;

  constructor(private readonly settings: KafkaSettings) {
    this.kafka = kafkaClient(settings);
    this.patient = kafkaClient(settings, () => this.closed);
  }

  destinations(producer: string) {
    return [this.settings.prefix + producer];
  }

  async publish(destination: string, parcels: readonly Parcel[]) {
    if (this.closed) throw new Error('the broker is closed');
    const producer = (this.producer ??= this.connected());
    try {
      await (
        await producer
      ).send({
        topic: destination,
        acks: -1,
        timeout: 10_000,
        messages: parcels.map(({ shard, aggregate, envelope }) => ({
          partition: shard,
          key: aggregate,
          value: envelope,
        })),
      });
    } catch (error) {
      // The next batch gets new connections: kafkajs would go on with one whose other end is gone.
      if (this.producer === producer) this.producer = undefined;
      void producer.then((old) => old.disconnect()).catch(() => {});
      throw error;
    }
  }

  private async connected(): Promise<Producer> {
    const producer = this.kafka.producer({
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition ?? 0,
    });
    await producer.connect();
    return producer;
  }

  /** Resolves when the group is being read. While the broker is away it keeps trying. */
  async subscribe(group: string, producers: readonly string[], apply: Apply) {
    while (!this.closed) {
      try {
        return await this.join(group, producers, apply);
      } catch (error) {
        log.warn('a Kafka group could not be joined', { destination: group, ...faultOf(error) });
        await pause(1000);
      }
    }
  }

  private async join(group: string, producers: readonly string[], apply: Apply) {
    const { prefix } = this.settings;
    const consumer = this.patient.consumer({
      groupId: prefix + group,
      sessionTimeout: 6000,
      // Who comes back as somebody new, as kafkajs does after a crash, waits so long for who it was before.
      rebalanceTimeout: 4000,
      heartbeatInterval: 1500,
      maxWaitTimeInMs: 500,
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: producers.map((producer) => prefix + producer), fromBeginning: true });
    } catch (error) {
      void consumer.disconnect().catch(() => {});
      throw error;
    }
    this.consumers.push(consumer);
    this.watch(consumer);
    const offsets = new Offsets();
    this.offsets.push(offsets);
    consumer.on(consumer.events.REBALANCING, offsets.pass);
    const gathering = new Gathering(apply);
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // All that a fetch brings is applied together, so nothing of it waits for the rest.
      partitionsConsumedConcurrently: producers.length * SHARDS,
      eachBatch: (payload) => this.deliver(payload, offsets, gathering.apply),
    });
  }

  private watch(consumer: Consumer) {
    const watchdog = new Watchdog(() => answers(this.settings), this.settings.silent);
    this.watchdogs.push(watchdog);
    consumer.on(consumer.events.HEARTBEAT, watchdog.alive);
    consumer.on(consumer.events.FETCH, watchdog.alive);
    consumer.on(consumer.events.GROUP_JOIN, watchdog.alive);
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (payload.restart) watchdog.startsOver();
      else if (!this.closed) this.settings.silent();
    });
  }

  /** The offset follows the database, never the other way round. Only a rebalance or the end ends the attempts. */
  private async deliver(payload: EachBatchPayload, offsets: Offsets, apply: Apply) {
    const { topic, partition, messages } = payload.batch;
    let fault: unknown;
    const beat = setInterval(() => void payload.heartbeat().catch((error: unknown) => (fault ??= error)), 1500);
    const ours = () => payload.isRunning() && !payload.isStale() && !fault;
    try {
      for (const part of inParts(messages, MOST)) {
        while (ours() && !(await this.succeeds(() => this.take(topic, partition, part, apply)))) await pause(500);
        if (fault) throw fault as Error;
        if (!ours()) return;
        crashPoint('effect-before-offset');
        payload.resolveOffset(part.at(-1)?.offset ?? payload.batch.lastOffset());
        // Not by `consumer.commitOffsets`, which tries for ten seconds while a rebalance waits for it.
        offsets.reached(async () => payload.commitOffsetsIfNecessary(payload.uncommittedOffsets()));
      }
    } finally {
      clearInterval(beat);
    }
  }

  private async take(topic: string, partition: number, part: readonly KafkaMessage[], apply: Apply) {
    const messages: Message[] = [];
    for (const { value, offset } of part) {
      const message = unwrap(value);
      if (message) messages.push(message);
      else await this.settings.unreadable({ topic, partition, offset, bytes: value });
    }
    await apply(topic.slice(this.settings.prefix.length), messages);
  }

  /** Only an outage gets here: what an event itself causes, the consumer has put aside. */
  private async succeeds(work: () => Promise<void>) {
    try {
      await work();
      return true;
    } catch (error) {
      log.warn('events could not be applied; they will be tried again', faultOf(error));
      return false;
    }
  }

  /** First nothing more comes in, then nothing more goes out. Relays must have stopped before. */
  async close() {
    this.closed = true;
    for (const watchdog of this.watchdogs) watchdog.stop();
    for (const offsets of this.offsets) offsets.pass();
    await Promise.allSettled(this.consumers.map((consumer) => consumer.disconnect()));
    await this.producer?.then((producer) => producer.disconnect()).catch(() => {});
  }
}

function* inParts<T>(items: readonly T[], size: number) {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}
