import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { services as allServices } from '@shuzheng/contracts';
import type { Clock } from './clock.js';
import { BadConfiguration, type Config } from './config.js';
import { frontOf } from './front.js';
import { Metrics } from './http/health.js';
import { faultOf, log } from './log.js';
import type { Broker } from './messaging/broker.js';
import { InProcessBroker } from './messaging/in-process-broker.js';
import { KafkaBroker } from './messaging/kafka-broker.js';
import { outboxAge } from './messaging/outbox-age.js';
import { keepUnreadable } from './messaging/unreadable.js';
import { openDatabase } from './opening.js';
import { type RunningService, setUp } from './running.js';
import type { Service } from './service.js';
import { Traffic } from './traffic.js';
import { startUpkeep } from './upkeep.js';

/** How long requests that are under way may take to end. */
const FINISH_MS = 12_000;
/** How long a balancer takes to hear that this process is no longer ready. */
const DRAIN_MS = 5000;

export interface HostOptions {
  /** Tests only: a clock that a test moves. */
  readonly clock?: Clock;
  /** Tests only: one service may run without those it hears. */
  readonly alone?: boolean;
  /** How long it still serves after it said that it is not ready; five seconds in production. */
  readonly drainMs?: number;
}

export interface Host {
  readonly url: string;
  readonly running: readonly RunningService[];
  /** Ends in order: no new requests, nothing new heard, nothing half done, nothing left behind. */
  close(): Promise<void>;
}

/** Runs services in this process. One per process or all of them in one: the list is the only difference. */
export async function host(services: readonly Service[], config: Config, options: HostOptions = {}): Promise<Host> {
  if (config.kafkaBrokers.length === 0 && !options.alone && services.length < allServices.length) {
    throw new BadConfiguration(
      'KAFKA_BROKERS',
      'set it: without Kafka, events reach only services in the same process',
    );
  }
  // What was opened, in that order; it ends in the other one, also when the start fails half-way.
  const opened: (() => unknown)[] = [];
  const state = { ready: true };
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= endAll(opened, state));
  try {
    const running = await start(services, config, options, opened, state);
    return { ...running, close };
  } catch (error) {
    await close().catch((late: unknown) => log.error('could not stop in order', faultOf(late)));
    throw error;
  }
}

async function endAll(opened: (() => unknown)[], state: { ready: boolean }) {
  state.ready = false;
  // The last opened ends first: requests, then timers and relays, then consumers, then the applications and their pools.
  // Relays and consumers still run while the last requests are answered: those announce, too, and what they announce
  // can leave with this process. What does not stays in the event log, and whoever runs next sends it.
  for (const end of opened.reverse()) await end();
}

async function start(
  services: readonly Service[],
  config: Config,
  { clock, drainMs = config.profile === 'production' ? DRAIN_MS : 0 }: HostOptions,
  opened: (() => unknown)[],
  state: { ready: boolean },
) {
  const metrics = new Metrics();
  const running: RunningService[] = [];
  for (const service of services) {
    const db = await openDatabase(service, config);
    opened.push(() => db.close());
    const one = await setUp(service, db, config, metrics, clock);
    opened.push(() => one.app.close());
    running.push(one);
  }
  const distributed = config.kafkaBrokers.length > 0;
  const inProcess = new InProcessBroker();
  const ends = running.map((one) => ({ one, broker: distributed ? kafkaFor(one, config) : inProcess }));
  const traffic = new Traffic(ends, distributed);
  opened.push(() => traffic.stop());
  await traffic.start();
  opened.push(startUpkeep(running.map(({ db }) => db)));
  const measuring = setInterval(() => running.forEach((one) => void measure(one, metrics)), 5000);
  opened.push(() => clearInterval(measuring));
  const server = await listen(createServer(frontOf(running, { config, metrics, state })), config);
  opened.push(
    () => closeServer(server),
    () => new Promise((resolve) => setTimeout(resolve, drainMs)),
  );
  const { port } = server.address() as AddressInfo;
  log.info('serving', { port, count: services.length });
  return { url: `http://127.0.0.1:${port}`, running };
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

async function measure({ db, service }: RunningService, metrics: Metrics) {
  try {
    metrics.messaging(service.name, await outboxAge(db));
  } catch {
    // Readiness tells that the database is away; the next turn measures again.
  }
}

function listen(server: Server, { port, host: address }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(refusedPort(error, port, address)));
    server.listen(port, address, () => resolve(server));
  });
}

/** Why it cannot serve there, as the edge cannot either. */
export function refusedPort(error: NodeJS.ErrnoException, port: number, address: string) {
  if (error.code === 'EADDRINUSE')
    return new BadConfiguration('PORT', `${port} is taken: stop the other program or set another PORT`);
  if (error.code === 'EACCES')
    return new BadConfiguration('PORT', `${port} is not for this user: set a PORT above 1023`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new BadConfiguration('HOST', `this machine has no address ${address}`);
  return error;
}

/** Answers that are on their way are finished; connections that wait for a next request are closed. */
function closeServer(server: Server) {
  return new Promise<void>((resolve) => {
    // A connection falls idle when its answer is out, and its client may well keep it.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const late = setTimeout(() => server.closeAllConnections(), FINISH_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
