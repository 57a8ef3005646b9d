import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Clock, SystemClock } from './clock.js';
import type { Config } from './config.js';
import { withdrawals, Withdrawals } from './copies/withdrawals.js';
import { crashArmed, crashPoint } from './crash.js';
import { Database } from './database.js';
import { Access } from './http/access.js';
import { adapter, frameworkLog, guardFiles, observe, restrict } from './http/adapter.js';
import type { Metrics } from './http/health.js';
import { MessagesController } from './http/messages.controller.js';
import { OperationsController } from './http/operations.controller.js';
import { ProblemFilter } from './http/problem-filter.js';
import { Profile } from './http/profile.js';
import { runOnBehalf } from './http/request-context.js';
import { tokenReader } from './http/tokens.js';
import { validation } from './http/validation.js';
import { requireKey } from './key-files.js';
import { Consumer } from './messaging/consumer.js';
import { EventLog } from './messaging/event-log.js';
import { Parking } from './messaging/parking.js';
import { Reactions } from './messaging/reactions.js';
import { Wake } from './messaging/wake.js';
import { Personal } from './personal.js';
import { derive } from './sealing.js';
import type { Service } from './service.js';
import { Audit } from './work/audit.js';
import { audited } from './work/audited.js';
import { Commands } from './work/commands.js';
import { Evidence } from './work/evidence.js';
import { Files, storeOf } from './work/files.js';
import { type TimerHandler, Timers } from './work/timers.js';

export const CONFIG = Symbol('config');

/** A service that is set up: its container, its database, what it hears. */
export interface RunningService {
  readonly service: Service;
  readonly app: INestApplication;
  readonly db: Database;
  readonly wake: Wake;
  readonly consumer: Consumer;
  readonly reactions: Reactions;
  readonly timers: Timers;
  readonly withdrawals: Withdrawals;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

@Module({})
class Root {}

/** Sets a service up without letting anything in yet. */
export async function setUp(
  service: Service,
  db: Database,
  config: Config,
  metrics: Metrics,
  fixedClock?: Clock,
): Promise<RunningService> {
  const clock = fixedClock ?? (await demoClock(db));
  const audit = new Audit(db, clock);
  const personal = new Personal(service.name, service.keys, config);
  const wake = new Wake(config.kafkaBrokers.length > 0 ? db : undefined);
  db.closeWith(new EventLog(personal.events, wake.ring));
  db.closeWith(audit);
  if (crashArmed) db.closeWith({ written: async () => crashPoint('before-commit') });
  const readToken = await tokenReader(requireKey(config, 'token.pub'));
  const app = await NestFactory.create<NestFastifyApplication>(
    rootOf(service, [
      { provide: CONFIG, useValue: config },
      { provide: Profile, useValue: new Profile(config.profile) },
      { provide: Database, useValue: db },
      { provide: Clock, useValue: clock },
      { provide: Audit, useValue: audit },
      { provide: Personal, useValue: personal },
      { provide: Files, useValue: new Files(storeOf(config.files, service.name, personal.files), clock) },
      { provide: Parking, useValue: new Parking(db) },
      Commands,
      Evidence,
      ...[withdrawals, ...service.copies].map(({ keeper }) => keeper),
    ]),
    adapter(config.trustedProxies),
    { logger: ['error', 'warn'], abortOnError: false },
  );
  app.setGlobalPrefix(`api/v1/${service.name}`, { exclude: [...(service.pages ?? [])] });
  const known = app.get(Withdrawals);
  const access = new Access(known, readToken);
  app.useGlobalPipes(validation());
  app.useGlobalFilters(new ProblemFilter(service.reasons));
  restrict(app);
  observe(app, service.name, metrics);
  guardFiles(app, (request) => access.admit(request));
  runOnBehalf(app, access, fingerprintKey(config));
  await app.init();
  app.useLogger(frameworkLog);
  await app.getHttpAdapter().getInstance().ready();

  const keepers = [withdrawals, ...service.copies].map(({ keeper }) => keeper);
  const reactors = [...keepers, ...service.reactions].map((reactor) => app.get<object>(reactor, { strict: false }));
  const reactions = new Reactions(
    reactors.map((reactor) => audited(reactor, audit, db)),
    personal.events,
  );
  const consumer = new Consumer(db, reactions);
  const handlers = service.timers.map((handler) => app.get<TimerHandler>(handler, { strict: false }));
  const fastify = app.getHttpAdapter().getInstance();
  return {
    service,
    app,
    db,
    wake,
    consumer,
    reactions,
    timers: new Timers(db, clock, audit, handlers),
    withdrawals: known,
    handle: (request, response) => fastify.routing(request, response),
  };
}

function rootOf(service: Service, platform: NonNullable<DynamicModule['providers']>): DynamicModule {
  @Module({})
  class Platform {}
  return {
    module: Root,
    imports: [
      CqrsModule.forRoot(),
      { module: Platform, global: true, providers: platform, exports: platform },
      service.module,
    ],
    controllers: [MessagesController, OperationsController],
  };
}

/** Kept outside of the database, known to every replica: made from the password this service signs in with. */
const fingerprintKey = ({ databaseUrl, databaseSecret }: Config) =>
  derive(Buffer.from(databaseSecret ?? new URL(databaseUrl).password), 'fingerprints');

async function demoClock(db: Database) {
  const { rows } = await db.query<{ offset_ms: string }>('select offset_ms from demo_clock');
  return new SystemClock(Number(rows[0]?.offset_ms ?? 0));
}
