import type { Parcel } from '../../libs/platform/src/messaging/broker.js';
import { kafkaRelay, Relay } from '../../libs/platform/src/messaging/relay.js';
import { resend } from '../../libs/platform/src/messaging/rewind.js';
import { aSite } from '../../libs/platform/src/messaging/testing/databases.js';
import { aPrefix, PRODUCER, transportAt } from '../messaging/transports.js';
import { producing } from './baseline-produce.js';
import { type Bench, compared } from './bench.js';
import { fillLog, someSeats } from './events.js';
import { kafkaOf } from './servers.js';
import { inTurn, type Scale } from './rounds.js';

const GOAL = 0.8;
type Lane = (readonly Parcel[])[];

/** The relay from the log in PostgreSQL to Kafka, against a producer that is handed the same batches. */
export const relay: Bench = {
  id: 'P4',
  what: 'outbox relay to Kafka, 100,000 events of 300 B of 5,000 aggregates; baseline: kafkajs sends the same batches',
  goal: `≥ ${GOAL.toFixed(2)}`,
  before: 'kafkajs alone, 50,000 messages of 330 B in batches of 500: 22,000 to 28,000/s',
  kafka: true,
  async run(scale) {
    const world = await aWorld(scale);
    try {
      await world.relayed();
      return compared(await inTurn(scale, { baseline: world.produced, product: world.relayed }), 'events/s', GOAL);
    } finally {
      await world.close();
    }
  },
};

async function aWorld({ size }: Scale) {
  const brokers = kafkaOf();
  const prefix = aPrefix();
  const transport = transportAt(`${brokers.join()}/${prefix}`);
  await transport.prepare();
  const site = await aSite('bench_relay');
  const seats = someSeats(size);
  await fillLog(site.db, seats);
  const broker = transport.broker();
  const bare = await producing(brokers, prefix + PRODUCER);
  let lanes: Lane[] = [];
  const rate = (since: number) => seats.length / ((performance.now() - since) / 1000);

  const relayed = async () => {
    await queueAll(site.db);
    const taken: Lane[] = Array.from({ length: kafkaRelay.lanes }, () => []);
    const all = seats.length;
    let sent = 0;
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const publish = async (destination: string, parcels: readonly Parcel[]) => {
      taken[(parcels[0]?.shard ?? 0) % taken.length]?.push(parcels);
      await broker.publish(destination, parcels);
      if ((sent += parcels.length) >= all) arrive();
    };
    const relay = new Relay(site.db, prefix + PRODUCER, { publish }, { ...kafkaRelay, owner: 'bench' });
    const since = performance.now();
    await relay.start();
    await arrived;
    // It ends when all are struck off.
    await relay.stop();
    lanes = taken;
    return rate(since);
  };
  const queueAll = async (db: typeof site.db) => {
    await db.query('truncate unsent');
    await resend(db, prefix + PRODUCER);
    await db.query('vacuum analyze unsent');
  };
  const produced = async () => {
    const since = performance.now();
    await bare.send(lanes);
    return rate(since);
  };
  const close = async () => {
    await Promise.all([broker.close(), bare.end()]);
    await site.drop();
  };
  return { relayed, produced, close };
}
