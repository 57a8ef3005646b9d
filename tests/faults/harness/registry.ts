import { startDistributed } from '@shuzheng/all-in-one';
import { type EmbeddedKafka, type EmbeddedPostgres, startKafka, startPostgres } from '@shuzheng/platform/embedded';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { remove, temporaryFolder } from '../../process.js';
import { Callers } from './caller.js';
import { furnish, type Province } from './province.js';
import { Supervisor } from './supervisor.js';

type Distributed = Awaited<ReturnType<typeof startDistributed>>;
type Part = Distributed['parts'] extends ReadonlyMap<string, infer P> ? P : never;

/** What the checks need of a registry, however it runs. */
export type Ground = Pick<Registry, 'callers' | 'query'>;

interface Opened {
  readonly isOwnFolder: boolean;
  readonly env?: NodeJS.ProcessEnv;
  readonly topicPrefix?: string;
}

interface Resumed {
  readonly province: Province;
  readonly topicPrefix: string;
}

/** The product in parts, each a process of its own over real Kafka, all of them kept running and ready to be killed. */
export class Registry {
  readonly supervisor = new Supervisor();
  readonly callers = new Callers(() => this.url);
  province!: Province;
  private kafka: EmbeddedKafka;
  private postgres: EmbeddedPostgres;
  private readonly pool: pg.Pool;
  private readonly replicas: Part[] = [];
  /** What a fault that failed half-way would leave behind for the next one. */
  readonly leftovers: (() => unknown)[] = [];

  private constructor(
    readonly folder: string,
    private readonly running: Distributed,
    private readonly log: number,
    private readonly isOwnFolder: boolean,
    private readonly topicPrefix: string,
  ) {
    this.kafka = running.kafka;
    this.postgres = running.postgres;
    this.pool = new pg.Pool({ connectionString: this.adminUrl, max: 4, idleTimeoutMillis: 1000 });
    this.pool.on('error', () => {});
    this.keepAll();
  }

  /** Starts everything and makes the province in which the load works. A folder that is given is the giver's to remove. */
  static async start(say: (line: string) => void, env: NodeJS.ProcessEnv = {}, given?: string): Promise<Registry> {
    const folder = given ?? temporaryFolder('faults');
    const began = Date.now();
    const registry = await Registry.open(say, folder, { env, isOwnFolder: given === undefined });
    registry.province = await furnish(registry.running, folder);
    say(`the province is made after ${seconds(began)} s`);
    return registry;
  }

  /** Starts on what is in the folder, whose province is made already. */
  static async resume(say: (line: string) => void, folder: string, { province, topicPrefix }: Resumed) {
    const registry = await Registry.open(say, folder, { topicPrefix, isOwnFolder: true });
    registry.province = province;
    return registry;
  }

  private static async open(
    say: (line: string) => void,
    folder: string,
    { env = {}, topicPrefix = 'shuzheng.', isOwnFolder }: Opened,
  ) {
    const log = openSync(join(folder, 'parts.log'), 'a');
    const { TEST_POSTGRES_URL: _, TEST_KAFKA_BROKERS: __, NODE_OPTIONS: ___, ...inherited } = process.env;
    const began = Date.now();
    const running = await startDistributed({
      folder,
      say: () => {},
      env: { ...inherited, PORT: '0', SHUZHENG_LOG: 'warn', ...env },
      log,
      topicPrefix,
    });
    const registry = new Registry(folder, running, log, isOwnFolder, topicPrefix);
    say(`the registry runs in ${running.parts.size + 2} parts after ${seconds(began)} s, in ${folder}`);
    return registry;
  }

  get url() {
    return this.running.url;
  }

  get keys() {
    return this.running.keys;
  }

  get brokers() {
    return this.kafka.brokers;
  }

  /** The database's data, and beside it what its server must still know. */
  get home() {
    return this.postgres.home;
  }

  get adminUrl() {
    return this.postgres.url('shuzheng');
  }

  topicOf(service: string) {
    return this.topicPrefix + service;
  }

  urlOf(name: string) {
    return this.running.parts.get(name)?.url ?? '';
  }

  /** SQL over all schemas, past every policy. */
  async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }

  /** Another process of the same service, beside the one that is kept running. It is its starter's to end. */
  replica(name: string): Part {
    const part = this.running.parts.get(name);
    if (!part) throw new Error(`there is no part ${name}`);
    const replica = part.another();
    this.replicas.push(replica);
    return replica;
  }

  /** What the parts have said, for whoever has to find out why something failed. */
  said() {
    return readFileSync(join(this.folder, 'parts.log'), 'utf8');
  }

  /** Ends loads, replicas and injections that are still there. */
  async cleanUp() {
    for (const end of this.leftovers.splice(0)) await end();
    await Promise.all(this.replicas.splice(0).map((replica) => replica.end()));
  }

  async stop() {
    await this.cleanUp();
    this.supervisor.stop();
    await this.pool.end();
    await Promise.all([...this.running.parts.values()].map((part) => part.end()));
    await this.running.close();
    await Promise.all([this.kafka.stop(), this.postgres.stop()]);
    closeSync(this.log);
    if (this.isOwnFolder && !process.env['FAULTS_KEEP']) remove(this.folder);
  }

  private keepAll() {
    for (const [name, part] of this.running.parts) {
      this.supervisor.keep({
        name,
        pid: () => part.child.pid ?? 0,
        ended: async () => (part.hasEnded ? undefined : once(part.child, 'exit')),
        start: (env) => part.start(env),
      });
    }
    const { folder } = this;
    this.supervisor.keep({
      name: 'postgres',
      pid: () => this.postgres.pid,
      ended: () => this.postgres.ended,
      start: async () => void (this.postgres = await startPostgres({ folder, port: this.postgres.port })),
    });
    this.supervisor.keep({
      name: 'kafka',
      pid: () => this.kafka.pid,
      ended: () => this.kafka.ended,
      start: async () => void (this.kafka = await startKafka({ folder, port: this.kafka.port, log: () => {} })),
    });
  }
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);
