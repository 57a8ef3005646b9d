import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sql } from '../../libs/platform/src/database.js';
import type { Broker, Parcel } from '../../libs/platform/src/messaging/broker.js';
import { outboxAge } from '../../libs/platform/src/messaging/outbox-age.js';
import { Parking } from '../../libs/platform/src/messaging/parking.js';
import { forget, resend } from '../../libs/platform/src/messaging/rewind.js';
import {
  count,
  digest,
  faults,
  someClasses,
  takeSeats,
  until,
} from '../../libs/platform/src/messaging/testing/seats.js';
import { GROUP, PRODUCER, type Transport } from './transports.js';
import { aWorld, type World } from './world.js';

/**
 * What every transport owes to producers and consumers. Each test runs on databases and topics of its own; `deaths`
 * says at which passages of a point the processes die, one after the other.
 */
export function compliance(aTransport: () => Transport, deaths: readonly number[]) {
  let world: World;
  beforeEach(async () => {
    world = await aWorld(aTransport());
  });
  afterEach(() => world.close());

  const take = (classes: number, transactions: number, writers?: number) =>
    takeSeats(world.from.db, someClasses(classes), transactions, writers);

  async function expectEachOnceInOrder() {
    await world.allApplied();
    expect(await count(world.to.db, 'seat')).toBe(await count(world.from.db, 'event'));
    expect(await faults(world.to.db)).toEqual([]);
    expect(await count(world.to.db, 'held')).toBe(0);
  }

  it('applies each event once and each aggregate in order, while 16 write at once', async () => {
    await world.run();

    await take(40, 1500);

    await expectEachOnceInOrder();
  });

  it('changes nothing when events come again, one by one or all together', async () => {
    await world.run(undefined, (broker) => new Repeating(broker));
    await take(60, 600);
    await expectEachOnceInOrder();
    const before = await digest(world.to.db);

    for (const destination of world.transport.destinations([GROUP])) await resend(world.from.db, destination);
    await expectEachOnceInOrder();
    await world.stop();

    expect(await digest(world.to.db)).toBe(before);
  });

  it.each(['before-commit', 'after-commit', 'publish-before-mark'])(
    'applies each event once through deaths at "%s"',
    async (point) => {
      await take(60, 500);

      for (const nth of deaths) {
        const [, signal] = await world.child('both', `${point}:${nth}`).ended;
        expect(signal).toBe('SIGKILL');
      }
      await world.run();

      await expectEachOnceInOrder();
    },
  );

  it('parks only the aggregate of a poison event, and goes on when its cause is gone', async () => {
    const classes = someClasses(20);
    const [bad = ''] = classes;
    world.reaction.fault = ({ classId }, { sequence }) =>
      classId === bad && sequence === 2 ? new Error('poison') : undefined;
    await world.run();

    await takeSeats(world.from.db, classes, 200);
    await until(async () => (await outboxAge(world.to.db)).parked === 1);
    const applied = async (which: string) => count(world.to.db, `seat where class_id ${which} '${bad}'`);
    const behind = (await count(world.from.db, `event where aggregate = '${bad}'`)) - 1;
    await until(
      async () => (await applied('<>')) === (await count(world.from.db, `event where aggregate <> '${bad}'`)),
    );
    await until(async () => (await count(world.to.db, 'held')) === behind);
    expect(await applied('=')).toBe(1);

    world.reaction.fault = () => undefined;
    await new Parking(world.to.db).replay(PRODUCER, bad);

    await expectEachOnceInOrder();
  });

  it('rebuilds what a group knows from the log, equal to what it was', async () => {
    await world.run();
    await take(60, 600);
    await expectEachOnceInOrder();
    const before = await digest(world.to.db);

    await forget(world.to.db, PRODUCER, (tx) => sql(tx, 'truncate seat'));
    expect(await count(world.to.db, 'seat')).toBe(0);
    for (const destination of world.transport.destinations([GROUP])) await resend(world.from.db, destination);

    await expectEachOnceInOrder();
    expect(await digest(world.to.db)).toBe(before);
  });

  it('gives a quick group its events without waiting for a slow one', async () => {
    const both = await aWorld(aTransport(), [GROUP, 'slow']);
    let release = () => {};
    const stuck = new Promise<void>((resolve) => (release = resolve));
    try {
      await both.run({ [GROUP]: both.consumer.apply, slow: () => stuck });

      await takeSeats(both.from.db, someClasses(20), 300);

      await until(async () => (await count(both.to.db, 'seat')) === (await count(both.from.db, 'event')));
      expect(await faults(both.to.db)).toEqual([]);
    } finally {
      release();
      await both.close();
    }
  });
}

/** Sends every fifth event twice, and every fourth batch again after the one that follows it. */
class Repeating implements Pick<Broker, 'publish'> {
  private batches = 0;
  private late: readonly Parcel[] = [];

  constructor(private readonly broker: Broker) {}

  async publish(destination: string, parcels: readonly Parcel[]) {
    const repeated = parcels.flatMap((parcel, i) => (i % 5 === 0 ? [parcel, parcel] : [parcel]));
    await this.broker.publish(destination, repeated);
    if (this.late.length > 0) await this.broker.publish(destination, this.late);
    this.late = this.batches++ % 4 === 0 ? parcels : [];
  }
}
