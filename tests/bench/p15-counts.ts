import { randomUUID } from 'node:crypto';
import { Consumer } from '../../libs/platform/src/messaging/consumer.js';
import { register } from '../../libs/platform/src/messaging/leases.js';
import { Reactions } from '../../libs/platform/src/messaging/reactions.js';
import { kafkaRelay, Relay } from '../../libs/platform/src/messaging/relay.js';
import { resend } from '../../libs/platform/src/messaging/rewind.js';
import { aSite } from '../../libs/platform/src/messaging/testing/databases.js';
import { messages } from '../../libs/platform/src/messaging/testing/messages.js';
import { WhenSeatTaken } from '../../libs/platform/src/messaging/testing/seats.js';
import { PRODUCER } from '../messaging/transports.js';
import type { Bench, Finding } from './bench.js';
import { type Counted, counted, watchWire } from './counts.js';
import { fillLog, someSeats } from './events.js';
import { recordingStaff } from './p16-write.js';
import type { Scale } from './rounds.js';

const GOALS = { command: 12, relayed: 4 };
const COMMANDS = 1000;

/** No speed and no baseline: what the database is asked, counted where it leaves the process. */
export const counts: Bench = {
  id: 'P15',
  what: 'SQL statements, round trips and fsyncs per command, per event and per 1,000 relayed events. The ratio is of the limit that is used up most',
  goal: `≤ 1.00: ≤ ${GOALS.command} statements a command, ≤ ${GOALS.relayed} per 1,000 relayed events`,
  async run(scale) {
    watchWire();
    const command = await ofCommands(scale);
    const { alone, together } = await ofEvents(scale);
    const relayed = await ofRelay(scale);
    return judged({ command, alone, together, relayed });
  },
};

function judged({ command, alone, together, relayed }: Record<'command' | 'alone' | 'together' | 'relayed', Counted>) {
  const ratio = Math.max(command.statements / GOALS.command, relayed.statements / GOALS.relayed);
  const told = (what: string, { statements, trips, fsyncs }: Counted) =>
    `${what.padEnd(28)} ${statements.toFixed(2)} statements, ${trips.toFixed(2)} round trips, ${fsyncs.toFixed(2)} fsyncs`;
  return {
    ratio,
    reached: ratio <= 1,
    lines: [
      told('a command', command),
      told('an event that comes alone', alone),
      told('1,000 events that come', together),
      told('1,000 relayed events', relayed),
    ],
  } satisfies Finding;
}

/** Institutions record teachers, one after the other: with its key, its event, its audit row. */
async function ofCommands({ size }: Scale): Promise<Counted> {
  const world = await recordingStaff();
  const count = Math.ceil(COMMANDS * size);
  try {
    // Each connection parses its statements once.
    await world.record(20);
    return await counted(world.db, count, () => world.record(count));
  } finally {
    await world.close();
  }
}

/** An event to its committed effect, alone and in batches, of aggregates that are known and not. */
async function ofEvents({ size }: Scale) {
  const site = await aSite('bench_counts');
  const consumer = new Consumer(site.db, new Reactions([new WhenSeatTaken(site.db)]));
  const known = Array.from({ length: Math.ceil(500 * size) }, () => randomUUID());
  try {
    const alone = await counted(site.db, known.length * 2, async () => {
      for (const sequence of [1, 2]) for (const one of known) await consumer.apply(PRODUCER, messages(one, sequence));
    });
    const batch = Array.from({ length: 1000 }, (_, i) => messages(`${known[0]}${i >> 1}`, 1 + (i % 2))).flat();
    const rounds = Math.ceil(10 * size);
    const named = (round: number) =>
      batch.map((one) => ({
        ...one,
        aggregate: `${round}-${one.aggregate}`,
        data: { ...one.data, classId: known[0] },
      }));
    const together = await counted(site.db, rounds, async () => {
      for (let round = 0; round < rounds; round++) await consumer.apply(PRODUCER, named(round));
    });
    return { alone, together };
  } finally {
    await site.drop();
  }
}

/** From the log until struck off; what carries them away takes no time and no statement. */
async function ofRelay({ size }: Scale): Promise<Counted> {
  const site = await aSite('bench_counts');
  const seats = someSeats(size);
  try {
    await fillLog(site.db, seats);
    await register(site.db, PRODUCER);
    await resend(site.db, PRODUCER);
    return await counted(site.db, seats.length / 1000, async () => {
      let sent = 0;
      let arrive = () => {};
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const publish = (_: string, parcels: readonly unknown[]) => {
        if ((sent += parcels.length) >= seats.length) arrive();
        return Promise.resolve();
      };
      const relay = new Relay(site.db, PRODUCER, { publish }, { ...kafkaRelay, owner: 'bench' });
      await relay.start();
      await arrived;
      await relay.stop();
    });
  } finally {
    await site.drop();
  }
}
