import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { producerOf, services as allServices } from '@shuzheng/contracts';
import type { Clock } from './clock.js';
import { BadConfiguration, type Config } from './config.js';
import { frontOf } from './front.js';
import { Metrics } from './http/health.js';
import { faultOf, log } from './log.js';
import type { Broker } from './messaging/broker.js';
import { InProcessBroker } from './messaging/in-process-broker.js';
import { KafkaBroker } from './messaging/kafka-broker.js';
import { openDestinations } from './messaging/destinations.js';
import { outboxAge } from './messaging/outbox-age.js';
import { inProcessRelay, kafkaRelay, Relay } from './messaging/relay.js';
import { ensurePartitions } from './messaging/partitions.js';
import { keepUnreadable } from './messaging/unreadable.js';
import { checkSchema } from './migrate.js';
import { type RunningService, setUp } from './running.js';
import type { Service } from './service.js';

const HARD_STOP_MS = 25_000;
const DAY_MS = 86_400_000;

export interface HostOptions {
  /** Tests only: a clock that a test moves. */
  readonly clock?: Clock;
  /** Tests only: one service may run without those it hears. */
  readonly alone?: boolean;
}

export interface Host {
  readonly url: string;
  readonly running: readonly RunningService[];
  /** Ends in order: no new requests, nothing new heard, nothing half done, nothing left behind. */
  close(): Promise<void>;
}

/** Runs services in this process. One per process or all of them in one: the list is the only difference. */
export async function host(services: readonly Service[], config: Config, options: HostOptions = {}): Promise<Host> {
  const distributed = config.kafkaBrokers.length > 0;
  if (!distributed && !options.alone && services.length < allServices.length) {
    throw new BadConfiguration(
      'KAFKA_BROKERS',
      'set it: without Kafka, events reach only services in the same process',
    );
  }
  const metrics = new Metrics();
  const running: RunningService[] = [];
  for (const service of services) {
    const one = await setUp(service, config, metrics, options.clock);
    running.push(one);
    await checkSchema(one.db, service);
  }
  const inProcess = new InProcessBroker();
  const ends = running.map((one) => ({ one, broker: distributed ? kafkaFor(one, config) : inProcess }));
  const traffic = await startTraffic(ends, distributed);
  const state = { ready: true };
  const server = await listen(createServer(frontOf(running, { config, metrics, state })), config);
  const { port } = server.address() as AddressInfo;
  log.info('serving', { port, count: services.length });
  const upkeep = setInterval(() => running.forEach(({ db }) => void ensurePartitions(db).catch(() => {})), DAY_MS);
  const measuring = setInterval(() => running.forEach((one) => void measure(one, metrics)), 5000);
  return {
    url: `http://127.0.0.1:${port}`,
    running,
    close: async () => {
      state.ready = false;
      clearInterval(upkeep);
      clearInterval(measuring);
      await traffic.stop();
      await closeServer(server);
      for (const { app, db } of running) {
        await app.close();
        await db.close();
      }
    },
  };
}

function kafkaFor({ db }: RunningService, { kafkaBrokers, topicPrefix }: Config): Broker {
  return new KafkaBroker({
    brokers: kafkaBrokers,
    prefix: topicPrefix,
    unreadable: keepUnreadable(db),
    silent: () => {
      log.error('a Kafka consumer went silent; this process ends so that another takes over');
      process.exit(1);
    },
  });
}

interface End {
  readonly one: RunningService;
  readonly broker: Broker;
}

/** Everything that moves by itself: consumers, relays, timers. Destinations are open before anything is announced. */
async function startTraffic(ends: readonly End[], distributed: boolean) {
  const joining = ends.map(async ({ one, broker }) => {
    const producers = [...new Set(one.reactions.types().map((type) => producerOf({ type })))];
    one.consumer.start();
    const joined = broker.subscribe(one.service.name, producers, one.consumer.apply);
    // A broker that is away must not keep a service from serving: it joins when the broker is back.
    if (!distributed) await joined;
    else
      joined.catch((error: unknown) =>
        log.error('a group could not be joined', { service: one.service.name, ...faultOf(error) }),
      );
  });
  await Promise.all(joining);
  const relays: Relay[] = [];
  for (const { one, broker } of ends) {
    const destinations = broker.destinations(one.service.name);
    await openDestinations(one.db, destinations);
    const shared = { wake: one.wake.subscribe };
    const settings = distributed
      ? { ...kafkaRelay, ...shared, owner: `${process.pid}-${Date.now()}` }
      : { ...inProcessRelay, ...shared };
    relays.push(...destinations.map((destination) => new Relay(one.db, destination, broker, settings)));
    one.wake.start();
  }
  await Promise.all([...relays.map((relay) => relay.start()), ...ends.map(({ one }) => one.withdrawals.start())]);
  for (const { one } of ends) one.timers.start();
  return {
    async stop() {
      await Promise.all(ends.map(({ one }) => one.timers.stop()));
      for (const { one } of ends) one.withdrawals.stop();
      await Promise.all(relays.map((relay) => relay.stop()));
      await Promise.all([...new Set(ends.map(({ broker }) => broker))].map((broker) => broker.close()));
      await Promise.all(ends.map(({ one }) => one.consumer.stop()));
      await Promise.all(ends.map(({ one }) => one.wake.stop()));
    },
  };
}

async function measure({ db, service }: RunningService, metrics: Metrics) {
  try {
    metrics.messaging(service.name, await outboxAge(db));
  } catch {
    // Readiness tells that the database is away; the next turn measures again.
  }
}

function listen(server: Server, { port, host: address }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new BadConfiguration('PORT', `${port} is taken: stop the other program or set another PORT`)
          : error,
      ),
    );
    server.listen(port, address, () => resolve(server));
  });
}

/** Answers that are on their way are finished; connections that wait for a next request are closed. */
function closeServer(server: Server) {
  return new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  });
}

/** Ends the host on the first signal, and the process at the latest after 25 seconds. */
export function stopOnSignals(host: Pick<Host, 'close'>) {
  const stop = (signal: NodeJS.Signals) => {
    log.info('stopping', { signal });
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    host.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('could not stop in order', faultOf(error));
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.env['SHUZHENG_WITH_PARENT']) {
    // A part of a laptop's registry ends with the process that started it, even when that was killed.
    process.stdin
      .once('end', () => stop('SIGTERM'))
      .once('error', () => stop('SIGTERM'))
      .resume();
  }
}
