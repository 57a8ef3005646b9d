import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { count, faults, someClasses, takeSeats } from '../../libs/platform/src/messaging/testing/seats.js';
import { aKafka } from './kafka-server.js';
import { aPrefix, GROUP, PRODUCER, transportAt } from './transports.js';
import { aWorld } from './world.js';

let kafka: Awaited<ReturnType<typeof aKafka>>;
beforeAll(async () => {
  kafka = await aKafka();
});
afterAll(() => kafka.end());

it('refuses nothing and loses nothing while the broker is away, and ends no process for it', async () => {
  const world = await aWorld(transportAt(`${kafka.brokers.join()}/${aPrefix()}`));
  let silent = 0;
  const broker = world.broker({ silent: () => silent++ });
  await broker.subscribe(GROUP, [PRODUCER], world.consumer.apply);
  const leaving = world.broker();
  await leaving.subscribe('certification', [PRODUCER], async () => {});
  await world.relay(broker);
  await takeSeats(world.from.db, someClasses(50), 300);
  await world.allApplied();

  await kafka.stop();
  await takeSeats(world.from.db, someClasses(50), 300);
  await pause(14_000);
  await leaving.close();
  expect(await count(world.from.db, 'unsent')).toBeGreaterThan(0);
  await kafka.start();
  await takeSeats(world.from.db, someClasses(50), 300);

  await world.allApplied(30_000);
  expect(await faults(world.to.db)).toEqual([]);
  expect(silent).toBe(0);
  await world.close();
});
