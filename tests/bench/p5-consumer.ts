import { randomUUID } from 'node:crypto';
import { SystemClock } from '../../libs/platform/src/clock.js';
import { type Message, SHARDS, shardOf } from '../../libs/platform/src/messaging/broker.js';
import { Consumer } from '../../libs/platform/src/messaging/consumer.js';
import { Reactions } from '../../libs/platform/src/messaging/reactions.js';
import { aSite, superuser } from '../../libs/platform/src/messaging/testing/databases.js';
import { SeatTaken } from '../../libs/platform/src/messaging/testing/events.js';
import { WhenSeatTaken } from '../../libs/platform/src/messaging/testing/seats.js';
import { Audit } from '../../libs/platform/src/work/audit.js';
import { audited } from '../../libs/platform/src/work/audited.js';
import { workSchema } from '../../libs/platform/src/work/schema.js';
import { PRODUCER } from '../messaging/transports.js';
import { inserting } from './baseline-insert.js';
import { type Bench, compared } from './bench.js';
import { type Seat, someSeats } from './events.js';
import { inTurn, type Scale } from './rounds.js';

const GOAL = 0.5;
const BATCH = 1000;

/** A batch of messages to its committed effect: cursors, audit and rows, against the rows alone. */
export const consumer: Bench = {
  id: 'P5',
  what: 'consume with inbox and effect, the same events by partition; baseline: unnest insert of the same rows, no inbox',
  goal: `≥ ${GOAL.toFixed(2)}`,
  async run(scale) {
    const world = await aWorld(scale);
    try {
      return compared(await inTurn(scale, world), 'events/s', GOAL);
    } finally {
      await world.close();
    }
  },
};

async function aWorld({ size }: Scale) {
  const site = await aSite('bench_consumer');
  await superuser(workSchema + 'alter table seat add primary key (class_id, learner_id)', site.name);
  const audit = new Audit(site.db, new SystemClock(0));
  site.db.closeWith(audit);
  const reaction = audited(new WhenSeatTaken(site.db), audit, site.db);
  const listening = new Consumer(site.db, new Reactions([reaction]));
  const batches = byPartition(someSeats(size));
  const messages = batches.map((batch) => batch.map(messageOf));
  const all = batches.reduce((n, batch) => n + batch.length, 0);

  const measured = (work: () => Promise<void>) => async () => {
    await site.db.query('truncate seat, cursor');
    await site.db.query('checkpoint');
    const since = performance.now();
    await work();
    return all / ((performance.now() - since) / 1000);
  };
  return {
    baseline: measured(() => inserting(site.db, batches)),
    product: measured(async () => {
      for (const batch of messages) await listening.apply(PRODUCER, batch);
    }),
    close: () => site.drop(),
  };
}

/** As Kafka hands them out: a batch is of one partition. */
function byPartition(seats: readonly Seat[]) {
  return Array.from({ length: SHARDS }, (_, shard) =>
    seats.filter(({ classId }) => shardOf(classId) === shard),
  ).flatMap(inBatches);
}

function inBatches(seats: readonly Seat[]) {
  return Array.from({ length: Math.ceil(seats.length / BATCH) }, (_, i) => seats.slice(i * BATCH, (i + 1) * BATCH));
}

const messageOf = ({ classId, sequence, data }: Seat): Message => ({
  id: randomUUID(),
  type: SeatTaken.type,
  aggregate: classId,
  sequence,
  time: '2026-11-21T00:00:00Z',
  origin: { actor: 'system' },
  data,
});
