import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { packagedFolder } from './postgres-binaries.js';
import { startPostgres, type EmbeddedPostgres, type PostgresOptions } from './postgres.js';
import { runningCommands, send } from './processes.js';

const dist = new URL('../../dist/embedded/index.js', import.meta.url).href;
const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? it : it.skip;

interface Started {
  readonly pid: number;
  readonly home: string;
  readonly url: string;
}

describe('An embedded PostgreSQL', () => {
  let folder: string;
  let running: EmbeddedPostgres[];
  let children: ChildProcess[];
  let homes: string[];
  let copies: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embedded-postgres-'));
    chmodSync(folder, 0o755);
    [running, children, homes, copies] = [[], [], [], []];
  });

  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(running.map((server) => server.stop()));
    await until(() => homes.every((home) => processesOf(home).length === 0));
    for (const path of [folder, ...homes, ...copies]) rmSync(path, { recursive: true, force: true });
  });

  async function start(more: Partial<PostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const server = await startPostgres({ folder, durable: false, log: () => undefined, ...more });
    running.push(server);
    homes.push(server.home);
    return server;
  }

  async function startInChild(
    identity: { uid?: number; gid?: number } = {},
  ): Promise<{ child: ChildProcess; server: Started }> {
    const script = `import { startPostgres } from '${dist}';
      const { pid, home, url } = await startPostgres({ folder: process.argv[1], durable: false });
      console.log(JSON.stringify({ pid, home, url: url('postgres') }));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...identity,
    });
    children.push(child);
    const [line] = await once(child.stdout, 'data');
    const server = JSON.parse(String(line)) as Started;
    homes.push(server.home);
    return { child, server };
  }

  it('keeps its data, its port and its password from one start to the next', async () => {
    const first = await start();
    await run(first.url('postgres'), `create table kept as select '数证' as word`);
    await first.stop();

    const second = await start();

    expect(second.url('postgres')).toBe(first.url('postgres'));
    expect(second.port).toBeLessThan(32_768);
    expect(await run(second.url('postgres'), 'select word from kept')).toEqual([{ word: '数证' }]);
  });

  it('writes everything down before it confirms, unless told that it is for tests', async () => {
    const settings = `select string_agg(setting, ',') as values from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`;
    const durable = await start({ durable: true });
    const [kept] = await run(durable.url('postgres'), settings);
    await durable.stop();

    const hasty = await start();

    expect(kept).toEqual({ values: 'on,on,on' });
    expect(await run(hasty.url('postgres'), settings)).toEqual([{ values: 'off,off,off' }]);
  });

  it('takes Chinese characters for letters, so that similar names are found', async () => {
    const server = await start();

    const [found] = await run(
      server.url('postgres'),
      `create extension pg_trgm; select similarity('北京大学', '北京师范大学') > 0.3 as found`,
    );

    expect(found).toEqual({ found: true });
  });

  it('lets nobody in without the password, and keeps that to its owner', async () => {
    const server = await start();

    await expect(run(server.url('postgres', 'postgres', 'guess'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(server.home, 'keepsake.json')).mode & 0o077).toBe(0);
    expect(statSync(server.home).mode & 0o077).toBe(0);
  });

  it('is refused to a second start on the same folder', async () => {
    await start();

    await expect(startPostgres({ folder, durable: false })).rejects.toThrow(
      `Already running as process ${process.pid}`,
    );
  });

  it('takes another port when its own has been taken, but not when it was asked for this one', async () => {
    const other = await start({ folder: join(folder, 'other') });
    const first = await start();
    await first.stop();
    writeFileSync(
      join(first.home, 'keepsake.json'),
      readFileSync(join(first.home, 'keepsake.json'), 'utf8').replace(String(first.port), String(other.port)),
    );

    const second = await start();
    await second.stop();

    expect(second.port).not.toBe(other.port);
    await expect(startPostgres({ folder, port: other.port })).rejects.toThrow(`Port ${other.port} is taken`);
  });

  it('recovers when its postmaster was killed while a backend was busy', async () => {
    const killed = await start({ durable: true });
    await run(killed.url('postgres'), 'create table kept as select 1 as one');
    const busy = run(killed.url('postgres'), 'select count(*) from generate_series(1, 1e12)').catch(() => 'cut off');
    await until(() => processesOf(killed.home).some((command) => command.endsWith('SELECT')));
    send(killed.pid, 'SIGKILL');
    await killed.ended;
    expect(processesOf(killed.home).some((command) => command.endsWith('SELECT'))).toBe(true);

    const next = await start();

    expect(await run(next.url('postgres'), 'select one from kept')).toEqual([{ one: 1 }]);
    expect(await busy).toBe('cut off');
  });

  it('starts although the process number it left behind now belongs to another process', async () => {
    const first = await start();
    const pidFile = join(first.home, 'data', 'postmaster.pid');
    const left = readFileSync(pidFile, 'utf8');
    await first.stop();
    writeFileSync(pidFile, left.replace(String(first.pid), String(process.ppid)));

    const second = await start();

    expect(await run(second.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('stops when the process that started it is killed', async () => {
    const { child, server } = await startInChild();

    child.kill('SIGKILL');

    await until(() => processesOf(server.home).length === 0);
    expect(existsSync(join(server.home, 'data', 'postmaster.pid'))).toBe(false);
  });

  it('takes over from a server that has outlived both its process and its guardian', async () => {
    const { child, server } = await startInChild();
    await run(server.url, 'create table kept as select 1 as one');
    const guardian = runningCommands().find(
      ({ command }) => command.includes('guardian.mjs') && command.includes(server.home),
    );
    send(guardian?.pid ?? NaN, 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processesOf(server.home)).not.toEqual([]);

    const next = await start();

    expect(next.pid).not.toBe(server.pid);
    expect(await run(next.url('postgres'), 'select one from kept')).toEqual([{ one: 1 }]);
  });

  asRoot(
    "runs for root under a folder that only root can enter, with its data in a folder of the system's",
    async () => {
      const lines: string[] = [];
      const hidden = join(folder, 'hidden');
      mkdirSync(hidden, { mode: 0o700 });

      const server = await start({ folder: join(hidden, '.shuzheng'), log: (line) => lines.push(line) });

      expect(server.home).toMatch(/^\/var\/lib\/shuzheng\/hidden-/);
      expect(lines).toEqual([expect.stringContaining(`Its data is in ${server.home}`)]);
      expect(await run(server.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
    },
  );

  it('runs from a folder that only its owner can enter and that npm has left without links: for root, from a copy', async () => {
    const lines: string[] = [];
    const hidden = join(folder, 'checkout');
    mkdirSync(hidden, { mode: 0o700 });
    const native = join(hidden, 'native');
    cpSync(packagedFolder(), native, { recursive: true, filter: (file) => !lstatSync(file).isSymbolicLink() });
    const version = `spec-${process.pid}`;
    writeFileSync(join(hidden, 'package.json'), JSON.stringify({ version }));

    const server = await start({ native, log: (line) => lines.push(line) });

    const copy = `/var/lib/shuzheng/native-${version}`;
    if (isRoot) copies.push(copy);
    const program = runningCommands().find(({ pid }) => pid === server.pid)?.command;
    expect(program).toMatch(new RegExp(`^${isRoot ? copy : native}/bin/postgres `));
    expect(lines).toEqual(isRoot ? [expect.stringContaining(`Copying PostgreSQL to ${copy}`)] : []);
    expect(await run(server.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    await start({ native, log: (line) => lines.push(line) });
    expect(lines).toHaveLength(isRoot ? 1 : 0);
  });

  asRoot('says in one line that it needs a user with a name', async () => {
    const script = `import('${dist}').then(({ startPostgres }) => startPostgres({ folder: process.argv[1] }))
      .catch(({ message }) => console.log(message));`;
    chownSync(folder, 54_321, 54_321);

    const { stdout } = spawnSync(process.execPath, ['-e', script, folder], { uid: 54_321, encoding: 'utf8' });

    expect(stdout).toMatch(/^.*User 54321 has no name in \/etc\/passwd[^\n]+\n$/);
  });

  asRoot('runs for an ordinary user, then for root as that user, then for that user again', async () => {
    chownSync(folder, 1, 1);
    const ordinary = { uid: 1, gid: 1 };
    const { child, server } = await startInChild(ordinary);
    await run(server.url, 'create table kept as select 1 as one');
    child.kill('SIGTERM');
    await until(() => processesOf(server.home).length === 0);

    const next = await start();
    expect(next.home).toBe(server.home);
    expect(statSync(join(next.home, 'data')).uid).toBe(1);
    expect(await run(next.url('postgres'), 'select one from kept')).toEqual([{ one: 1 }]);
    await next.stop();

    const { server: last } = await startInChild(ordinary);
    expect(await run(last.url, 'select one from kept')).toEqual([{ one: 1 }]);
  });
});

/** The command lines of the server's own processes; its guardian is not one of them. */
function processesOf(home: string): string[] {
  const { id } = JSON.parse(readFileSync(join(home, 'keepsake.json'), 'utf8')) as { id: string };
  const all = runningCommands().map(({ command }) => command);
  return all.filter((command) => command.includes(id) && !command.includes('guardian.mjs'));
}

async function run(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const results = [await client.query(sql)].flat();
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not happen within 20 seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
