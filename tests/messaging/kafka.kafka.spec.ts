import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { announce } from '../../libs/platform/src/messaging/event-log.js';
import { KafkaBroker } from '../../libs/platform/src/messaging/kafka-broker.js';
import { SeatTaken } from '../../libs/platform/src/messaging/testing/events.js';
import {
  aSeat,
  count,
  faults,
  someClasses,
  takeSeats,
  until,
} from '../../libs/platform/src/messaging/testing/seats.js';
import { createTopics, waitForKafka } from '../../libs/platform/src/messaging/topics.js';
import { keepUnreadable } from '../../libs/platform/src/messaging/unreadable.js';
import { freezingProxy } from './freezing-proxy.js';
import { sharedKafka } from './kafka-server.js';
import { topicReader } from './topic-reader.js';
import { aPrefix, GROUP, PRODUCER, type Transport, transportAt } from './transports.js';
import { aWorld, type World } from './world.js';

let kafka: Awaited<ReturnType<typeof sharedKafka>>;
beforeAll(async () => {
  kafka = await sharedKafka();
  await waitForKafka(kafka);
});
afterAll(() => kafka.end());

const aTransport = (): Transport => transportAt(`${kafka.brokers.join()}/${aPrefix()}`);

describe('Kafka and its client', () => {
  let world: World, transport: Transport, topic: string;
  beforeEach(async () => {
    transport = aTransport();
    topic = transport.destinations([GROUP])[0] ?? '';
    world = await aWorld(transport);
  });
  afterEach(() => world.close());

  async function expectEachOnceInOrder() {
    await world.allApplied();
    expect(await count(world.to.db, 'seat')).toBe(await count(world.from.db, 'event'));
    expect(await faults(world.to.db)).toEqual([]);
    expect(await count(world.to.db, 'held')).toBe(0);
  }

  /** Takes seats until `work` is done. */
  async function underLoad(work: () => Promise<unknown>) {
    let working = true;
    const load = (async () => {
      while (working) {
        await takeSeats(world.from.db, someClasses(50), 100, 4);
        await pause(50);
      }
    })();
    await work();
    working = false;
    await load;
  }

  it('applies each event once while a second instance joins, leaves, joins and dies under load', async () => {
    await world.run();

    await underLoad(async () => {
      for (const end of ['SIGTERM', 'SIGKILL'] as const) {
        const second = world.child('consumer');
        await second.ready;
        await pause(1500);
        second.process.kill(end);
        await second.ended;
      }
    });

    await expectEachOnceInOrder();
  });

  it('applies each event once when a consumer dies between its commit and the offset', async () => {
    await takeSeats(world.from.db, someClasses(60), 500);
    const [, signal] = await world.child('both', 'effect-before-offset:2').ended;
    expect(signal).toBe('SIGKILL');

    await world.run();

    await expectEachOnceInOrder();
  });

  it('sends nothing out of order when relays are killed between publish and mark', async () => {
    await takeSeats(world.from.db, someClasses(100), 1000);

    for (const nth of [1, 2, 3]) await world.child('relay', `publish-before-mark:${nth}`).ended;
    await world.run();

    await expectEachOnceInOrder();
    const { repeats, inversions } = await topicReader(kafka.brokers, topic);
    expect(repeats).toBeGreaterThan(0);
    expect(inversions).toBe(0);
  });

  it('lets two relays share the shards, and one that slept past its lease change nothing', async () => {
    const relays = [world.child('relay'), world.child('relay')];
    await Promise.all(relays.map(({ ready }) => ready));
    const owners = async () =>
      (
        await world.from.db.query(
          // What one has given back nobody has, until the other takes it.
          'select owner, count(*)::int from lease where owner is not null group by owner',
        )
      ).rows.map((row) => row['count']);
    await until(async () => String(await owners()) === '6,6');
    const broker = world.broker();
    await broker.subscribe(GROUP, [PRODUCER], world.consumer.apply);
    const fences = async () =>
      Number((await world.from.db.query('select sum(fence) as fences from lease')).rows[0]?.['fences']);
    const before = await fences();

    await underLoad(async () => {
      for (const sleeper of relays) {
        sleeper.process.kill('SIGSTOP');
        await until(async () => String(await owners()) === '12', 5000);
        sleeper.process.kill('SIGCONT');
        await until(async () => String(await owners()) === '6,6', 5000);
      }
    });

    await expectEachOnceInOrder();
    expect(await fences()).toBeGreaterThanOrEqual(before + 24);
    expect((await topicReader(kafka.brokers, topic)).inversions).toBe(0);
  });

  it('carries a message of 900 kB in one batch with others', async () => {
    await world.run();
    const [classId = ''] = someClasses(1);
    const notes = [10, 450_000, 900_000, 10].map((length) => 'x'.repeat(length));

    await world.from.db.transaction(async (tx) =>
      notes.forEach((note) => announce(tx, SeatTaken, aSeat(classId, note))),
    );

    await expectEachOnceInOrder();
    const { rows } = await world.to.db.query('select length(note) as length from seat order by nth');
    expect(rows.map(({ length }) => length as number)).toEqual([10, 450_000, 900_000, 10]);
  });

  it('keeps a message that is no event with its bytes, and goes on behind it', async () => {
    const broker = world.broker({ unreadable: keepUnreadable(world.to.db) });
    await broker.subscribe(GROUP, [PRODUCER], world.consumer.apply);
    const producer = new Kafka({ brokers: kafka.brokers, logLevel: logLevel.NOTHING }).producer();
    await producer.connect();
    const strange = [Buffer.from([0, 255, 1]), Buffer.from('{"type":"x"}'), null];

    await producer.send({ topic, messages: strange.map((value) => ({ partition: 3, value })) });
    await takeSeats(world.from.db, someClasses(30), 50);
    await world.relay(broker);

    await expectEachOnceInOrder();
    const { rows } = await world.to.db.query('select partition, bytes from unreadable order by "offset"');
    expect(rows).toEqual(strange.map((bytes) => ({ partition: 3, bytes })));
    await producer.disconnect();
  });

  it('ends a process whose consumer has gone silent, so that another takes over', async () => {
    const proxy = await freezingProxy(kafka.brokers[0] ?? '');
    const silent = world.child('consumer', '', transport.address.replace(kafka.brokers.join(), proxy.address));
    await silent.ready;
    const broker = world.broker();
    await world.relay(broker);
    await takeSeats(world.from.db, someClasses(20), 50);
    await world.allApplied();

    proxy.freeze();
    const [code] = await silent.ended;
    await takeSeats(world.from.db, someClasses(20), 50);
    await broker.subscribe(GROUP, [PRODUCER], world.consumer.apply);

    expect(code).toBe(1);
    // Its watchdog ended it, not the client's own patience.
    expect(silent.said()).toContain('a Kafka consumer has gone silent');
    await expectEachOnceInOrder();
    proxy.close();
  });

  it('refuses topics that would part the events of an aggregate', async () => {
    const admin = new Kafka({ brokers: kafka.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const prefix = aPrefix();
    await admin.createTopics({ topics: [{ topic: `${prefix}enrollment`, numPartitions: 3 }], waitForLeaders: false });
    await admin.disconnect();

    await expect(createTopics(kafka, prefix, ['enrollment'])).rejects.toThrow('not 12 partitions');
  });

  it('makes the topics that are missing and leaves the others alone', async () => {
    const prefix = aPrefix();

    await createTopics(kafka, prefix, ['enrollment']);
    await createTopics(kafka, prefix, ['enrollment', 'assessment']);

    const broker = new KafkaBroker({ ...kafka, prefix, silent: () => {}, unreadable: async () => {} });
    await broker.publish(`${prefix}assessment`, [{ shard: 11, aggregate: 'a', envelope: '{}' }]);
    await broker.close();
  });
});
