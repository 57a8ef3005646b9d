import { type EmbeddedPostgres, startPostgres } from '@shuzheng/platform/embedded';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Callers } from '../harness/caller.js';

/** A registry as it is installed: a database that stays, and a process that is one version and then another. */
export class Site {
  readonly callers = new Callers(() => this.url);
  readonly keys: string;
  url = '';
  private readonly secret = randomBytes(33).toString('base64url');
  private readonly pool: pg.Pool;
  private readonly log: number;
  private serving: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly postgres: EmbeddedPostgres,
  ) {
    this.keys = join(folder, 'keys');
    this.log = openSync(join(folder, 'versions.log'), 'a');
    this.pool = new pg.Pool({ connectionString: postgres.url('shuzheng'), max: 4, idleTimeoutMillis: 1000 });
    this.pool.on('error', () => {});
  }

  static async open(folder: string) {
    const postgres = await startPostgres({ folder });
    const client = new pg.Client(postgres.url('postgres'));
    await client.connect();
    await client.query('create database shuzheng template template0');
    await client.end();
    return new Site(folder, postgres);
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }

  /** The keys that this version needs and that are not there yet. */
  makeKeys(version: string) {
    const platform = JSON.stringify(join(version, 'libs/platform/dist/index.js'));
    const text = `(await import(${platform})).makeKeys(${JSON.stringify(this.keys)})`;
    return this.run(['--input-type=module', '--eval', text]);
  }

  migrate(version: string) {
    return this.run([join(version, 'apps/all-in-one/dist/migrate.js')]);
  }

  rebuild(version: string, ...services: readonly string[]) {
    return this.run([join(version, 'apps/all-in-one/dist/rebuild.js'), ...services]);
  }

  /** This version's process, all services in one, from when it is ready. */
  async serve(version: string) {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const child = this.spawn([join(version, 'apps/all-in-one/dist/main.js')], { PORT: String(port) });
    this.serving = child;
    for (const end = Date.now() + 60_000; ; await pause(100)) {
      if (
        await fetch(`${this.url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return;
      if (child.exitCode !== null || Date.now() > end) throw new Error(`the version of ${version} does not serve`);
    }
  }

  /** Tells the process to stop in order; answers with its exit code. */
  async end(): Promise<number | null> {
    const child = this.serving;
    if (!child || child.exitCode !== null) return child?.exitCode ?? 0;
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }

  async close() {
    await this.end();
    await this.pool.end();
    await this.postgres.stop();
    closeSync(this.log);
  }

  private async run(args: readonly string[]): Promise<number | null> {
    const [code] = (await once(this.spawn(args, {}), 'exit')) as [number | null];
    return code;
  }

  private spawn(args: readonly string[], env: Record<string, string>) {
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const adminUrl = this.postgres.url('shuzheng');
    return spawn(process.execPath, [...args], {
      stdio: ['ignore', this.log, this.log],
      env: {
        ...{ ...inherited, SHUZHENG_LOG: 'warn', KAFKA_BROKERS: '' },
        ...{ ADMIN_DATABASE_URL: adminUrl, DATABASE_SECRET: this.secret },
        DATABASE_URL: Object.assign(new URL(adminUrl), { username: '', password: '' }).href,
        ...{ SHUZHENG_KEYS: this.keys, SHUZHENG_FILES: join(this.folder, 'files') },
        ...env,
      },
    });
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
