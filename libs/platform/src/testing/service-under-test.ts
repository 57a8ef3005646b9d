import type { Type } from '@nestjs/common';
import { type Contract, producerOf } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { actingAs, type Actor, system } from '../actor.js';
import { FixedClock } from '../clock.js';
import type { Config } from '../config.js';
import type { IssuerSettings } from '../issuer-settings.js';
import type { Database } from '../database.js';
import { type Host, host } from '../host.js';
import { type Claims, tokenMaker } from '../http/tokens.js';
import { makeKeys } from '../keys.js';
import type { Message } from '../messaging/broker.js';
import { openData, sealData } from '../messaging/sealed-fields.js';
import { Personal } from '../personal.js';
import { catalog } from '@shuzheng/contracts';
import type { Service } from '../service.js';
import { Seal } from '../sealing.js';
import { Caller } from './caller.js';
import { asSuperuser, TEST_SECRET, type TestDatabase, testDatabase } from './databases.js';
import { rememberSealed } from './sealed-texts.js';

export interface TestOptions {
  /** What the business clock says at first. */
  readonly now?: string;
  /** Where it keeps files, if not in a folder. */
  readonly files?: Config['files'];
  /** Where its signing key is, if not in a file. */
  readonly issuer?: IssuerSettings;
}

/** One real service on a database of its own, with a clock that the test moves. Nothing is mocked. */
export class ServiceUnderTest {
  readonly clock: FixedClock;
  readonly folder = mkdtempSync(join(tmpdir(), 'shuzheng-test-'));
  private database: TestDatabase | undefined;
  private host: Host | undefined;
  private changed: Partial<Config> = {};
  private readonly heard = new Map<string, number>();
  private readonly calls = new Map<string, string>();

  constructor(
    private readonly service: Service,
    private readonly options: TestOptions = {},
  ) {
    const { now = '2026-03-02T09:00:00+08:00' } = options;
    this.clock = new FixedClock(now);
    rememberSealed(Seal);
  }

  async start() {
    makeKeys(join(this.folder, 'keys'));
    this.database = await testDatabase([this.service]);
    this.host = await host([this.service], this.config, { clock: this.clock, alone: true });
  }

  /** On the same data, with another configuration. */
  async restart(change: Partial<Config>) {
    await this.host?.close();
    this.changed = change;
    this.host = await host([this.service], this.config, { clock: this.clock, alone: true, drainMs: 0 });
  }

  async stop() {
    await this.host?.close();
    await this.database?.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get config(): Config {
    return {
      profile: 'test',
      port: 0,
      host: '127.0.0.1',
      databaseUrl: this.database?.url ?? '',
      databaseSecret: TEST_SECRET,
      poolSize: 10,
      kafkaBrokers: [],
      topicPrefix: 'test.',
      keys: join(this.folder, 'keys'),
      files: this.options.files ?? join(this.folder, 'files'),
      publicUrl: 'http://127.0.0.1:3000',
      accessTokenSeconds: 300,
      trustedProxies: [],
      ...(this.options.issuer ? { issuer: this.options.issuer } : {}),
      ...this.changed,
    };
  }

  private get running() {
    const running = this.host?.running[0];
    if (!running) throw new Error('start the service first');
    return running;
  }

  get db(): Database {
    return this.running.db;
  }

  get url() {
    return this.host?.url ?? '';
  }

  /** Runs SQL with the registry's own reach: for arranging and for looking behind the interface. */
  query<Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    return actingAs(system, () => this.db.read<Row>(text, values));
  }

  /** A caller who is signed in like this. Ids that are not given are made up once for each. */
  as(claims: Partial<Claims> & Pick<Claims, 'permissions'>): Caller {
    return new Caller(
      () => this.url,
      `/api/v1/${this.service.name}`,
      () => this.token(claims),
    );
  }

  /** A stranger. */
  get stranger() {
    return new Caller(
      () => this.url,
      `/api/v1/${this.service.name}`,
      () => Promise.resolve(undefined),
    );
  }

  /** An access token as identity would make it. */
  async token(claims: Partial<Claims>, seconds = 300) {
    const make = await tokenMaker(readFileSync(join(this.config.keys, 'token.key')));
    const account = JSON.stringify(claims);
    const accountId = this.calls.get(account) ?? randomUUID();
    this.calls.set(account, accountId);
    return make({ accountId, sessionId: randomUUID(), reach: 'organisation', permissions: [], ...claims }, seconds);
  }

  /** One of the service's own objects, such as a timer that a test makes fail. */
  get<T>(type: Type<T>): T {
    return this.running.app.get(type, { strict: false });
  }

  /** What another process, or somebody with too many rights, does: a connection of its own, past every policy. */
  behind<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    return asSuperuser(async (client) => {
      await client.query(`set search_path = ${this.service.name}`);
      return work(client);
    }, this.database?.name);
  }

  /** The service hears an event, as the broker would bring it: the next of its aggregate, sealed where the contract says so. */
  async hear<E extends object>(contract: Contract<E>, data: E) {
    await this.deliver([this.message(contract, data)]);
  }

  message<E extends object>(contract: Contract<E>, data: E): Message {
    const id = randomUUID();
    const aggregate = String(data[contract.aggregate]);
    const producer = producerOf(contract);
    const sequence = (this.heard.get(`${producer}/${aggregate}`) ?? 0) + 1;
    this.heard.set(`${producer}/${aggregate}`, sequence);
    const sealed = this.seal ? sealData(this.seal, contract as unknown as Contract, id, data) : data;
    return {
      id,
      type: contract.type,
      aggregate,
      sequence,
      time: new Date().toISOString(),
      origin: { actor: 'system' },
      data: sealed,
    };
  }

  async deliver(messages: Message[]) {
    for (const message of messages) await this.running.consumer.apply(producerOf(message), [message]);
    const [parked] = await this.query<{ error: string }>('select error from cursor where error is not null');
    if (parked) throw new Error(`an event was not applied: ${parked.error}`);
  }

  /** What the service has announced since it started, opened, in order. */
  async announced(): Promise<{ type: string; data: Record<string, unknown> }[]> {
    const events = await this.query<{ id: string; type: string; data: object }>(
      'select id, type, data from event order by position',
    );
    return events.map(({ id, type, data }) => {
      const contract = catalog.find((one) => one.type === type);
      return {
        type,
        data: (contract && this.seal ? openData(this.seal, contract, id, data) : data) as Record<string, unknown>,
      };
    });
  }

  /** Runs what is due now. */
  runTimers() {
    return this.running.timers.runDue();
  }

  private get seal() {
    return new Personal('tests', ['event'], this.config).events;
  }

  /** Runs `work` inside the service on behalf of somebody: for testing what has no route. */
  acting<T>(who: Actor, work: () => Promise<T>) {
    return actingAs(who, work);
  }
}
