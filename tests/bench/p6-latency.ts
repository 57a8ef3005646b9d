import { Consumer } from '../../libs/platform/src/messaging/consumer.js';
import type { Apply } from '../../libs/platform/src/messaging/broker.js';
import { announce } from '../../libs/platform/src/messaging/event-log.js';
import { register } from '../../libs/platform/src/messaging/leases.js';
import { Reactions } from '../../libs/platform/src/messaging/reactions.js';
import { inProcessRelay, kafkaRelay, Relay } from '../../libs/platform/src/messaging/relay.js';
import { createTopics } from '../../libs/platform/src/messaging/topics.js';
import { aSite } from '../../libs/platform/src/messaging/testing/databases.js';
import { SeatTaken } from '../../libs/platform/src/messaging/testing/events.js';
import { WhenSeatTaken } from '../../libs/platform/src/messaging/testing/seats.js';
import { aPrefix, GROUP, PRODUCER, type Transport, transportAt } from '../messaging/transports.js';
import { bareTrip } from './baseline-trip.js';
import type { Bench, Finding } from './bench.js';
import { someSeats } from './events.js';
import { median, type Scale } from './rounds.js';
import { kafkaOf } from './servers.js';
import { type Trip, trips } from './trips.js';

const GOALS = { p50: 3, p99: 5, ms: 250 };

/** From the beginning of the commit to the committed effect in the other service's database. */
export const latency: Bench = {
  id: 'P6',
  what: 'commit to committed effect in the other service at 500 events/s, over Kafka and in process; baseline: commit, produce and fetch alone',
  goal: `p50 ≤ ${GOALS.p50}, p99 ≤ ${GOALS.p99} and ≤ ${GOALS.ms} ms`,
  before: 'kafkajs alone in a settled group: sent in 1.4 to 4.6 ms, seen 1 to 11 ms later',
  kafka: true,
  async run(scale) {
    const brokers = kafkaOf();
    const prefix = aPrefix();
    const transports = { kafka: transportAt(`${brokers.join()}/${prefix}`), 'in-process': transportAt('in-process') };
    await createTopics({ brokers }, prefix, [PRODUCER, 'bare']);
    const worlds = { kafka: await aWorld(transports.kafka), 'in-process': await aWorld(transports['in-process']) };
    const bare = await bareTrip(worlds.kafka.from.db, brokers, `${prefix}bare`);
    const lines = { baseline: bare, kafka: worlds.kafka, 'in-process': worlds['in-process'] };
    try {
      return judged(await measured(scale, lines));
    } finally {
      await bare.end();
      for (const world of Object.values(worlds)) await world.end();
    }
  },
};

type Name = 'baseline' | 'kafka' | 'in-process';
interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** All three in turn, several times; the first time is thrown away. */
async function measured({ rounds, size }: Scale, lines: Record<Name, Trip>) {
  const found: Record<Name, Times[]> = { baseline: [], kafka: [], 'in-process': [] };
  for (let round = size < 1 ? 1 : 0; round <= rounds; round++) {
    for (const name of ['baseline', 'kafka', 'in-process'] as const) {
      const times = await trips(lines[name], Math.ceil(5000 * size));
      if (round > 0) found[name].push(times);
    }
  }
  return found;
}

function judged(found: Record<Name, Times[]>): Finding {
  const middle = (name: Name, which: keyof Times) => median(found[name].map((times) => times[which]));
  const times = (name: Name) => ({ p50: middle(name, 'p50'), p99: middle(name, 'p99') });
  const base = times('baseline');
  const against = (name: Name) => {
    const ours = times(name);
    return { name, ...ours, ratio50: ours.p50 / base.p50, ratio99: ours.p99 / base.p99 };
  };
  const products = [against('kafka'), against('in-process')];
  const fair = ({ ratio50, ratio99, p99 }: (typeof products)[number]) =>
    ratio50 <= GOALS.p50 && ratio99 <= GOALS.p99 && p99 <= GOALS.ms;
  return {
    ratio: Math.max(...products.map(({ ratio50 }) => ratio50)),
    reached: products.every(fair),
    lines: [
      `baseline    p50 ${base.p50.toFixed(1)} ms, p99 ${base.p99.toFixed(1)} ms`,
      ...products.map(
        ({ name, p50, p99, ratio50, ratio99 }) =>
          `${name.padEnd(10)}  p50 ${p50.toFixed(1)} ms (× ${ratio50.toFixed(2)}), p99 ${p99.toFixed(1)} ms (× ${ratio99.toFixed(2)})`,
      ),
      ...(['baseline', 'kafka', 'in-process'] as const).map(
        (name) => `${name} p99 of each round: ${found[name].map(({ p99 }) => p99.toFixed(0)).join(', ')} ms`,
      ),
    ],
  };
}

/** A producer and a consumer, with all that moves between them; what it says is heard when its effect has committed. */
async function aWorld(transport: Transport) {
  const [from, to] = await Promise.all([aSite('bench_from'), aSite('bench_to')]);
  const destinations = transport.destinations([GROUP]);
  for (const destination of destinations) await register(from.db, destination);
  const consumer = new Consumer(to.db, new Reactions([new WhenSeatTaken(to.db)]));
  let arrived = (_nth: number) => {};
  const apply: Apply = async (producer, messages) => {
    await consumer.apply(producer, messages);
    for (const { data } of messages) arrived((data as SeatTaken).seat);
  };
  const broker = transport.broker();
  await broker.subscribe(GROUP, [PRODUCER], apply);
  const settings = { ...(transport.address === 'in-process' ? inProcessRelay : kafkaRelay), owner: 'bench' };
  const relays = destinations.map((one) => new Relay(from.db, one, broker, { ...settings, wake: from.wake.subscribe }));
  await Promise.all(relays.map((relay) => relay.start()));
  const [seat] = someSeats(0.00001);
  const classes = someSeats(0.01).map(({ classId }) => classId);
  return {
    from,
    hear: (heard: (nth: number) => void) => void (arrived = heard),
    say: (nth: number) =>
      from.db.transaction((tx) => {
        announce(tx, SeatTaken, {
          ...(seat?.data as SeatTaken),
          classId: classes[nth % classes.length] ?? '',
          seat: nth,
        });
        return Promise.resolve();
      }),
    end: async () => {
      await Promise.all(relays.map((relay) => relay.stop()));
      await broker.close();
      await Promise.all([from.drop(), to.drop()]);
    },
  };
}
